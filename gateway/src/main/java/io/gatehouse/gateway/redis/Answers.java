package io.gatehouse.gateway.redis;

import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;

/** Answers of Redis, through Lettuce's asynchronous interface (RATIONALE.md, Sessions). */
final class Answers {

    private Answers() {}

    /**
     * The answer to a command, which is sent for each who subscribes. Whoever does not wait for it any longer leaves
     * the command alone: it has been sent, and its answer has to be read.
     */
    static <T> Mono<T> of(Supplier<? extends CompletionStage<T>> command) {
        return Mono.fromFuture(() -> command.get().toCompletableFuture(), true);
    }
}
