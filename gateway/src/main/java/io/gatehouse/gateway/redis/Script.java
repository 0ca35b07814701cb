package io.gatehouse.gateway.redis;

import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.codec.Base16;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * A Lua script for one key. Redis knows it by its digest after it has run once; a server that does not know it, such as
 * one that has just taken over, is given the text again.
 */
public final class Script {

    private final String source;
    private final String digest;

    private Script(String source) {
        this.source = source;
        this.digest = Base16.digest(source.getBytes(StandardCharsets.UTF_8));
    }

    public static Script of(String source) {
        return new Script(source);
    }

    /** Runs the script; nothing of what it does is seen by others before all of it. */
    public <T> CompletionStage<T> run(
            RedisClusterAsyncCommands<String, byte[]> commands,
            ScriptOutputType type,
            String key,
            byte[]... arguments) {
        String[] keys = {key};
        return commands.<T>evalsha(digest, type, keys, arguments)
                .exceptionallyCompose(failure -> isUnknown(failure)
                        ? commands.eval(source, type, keys, arguments)
                        : CompletableFuture.failedStage(failure));
    }

    private static boolean isUnknown(Throwable failure) {
        return failure instanceof RedisNoScriptException || failure.getCause() instanceof RedisNoScriptException;
    }
}
