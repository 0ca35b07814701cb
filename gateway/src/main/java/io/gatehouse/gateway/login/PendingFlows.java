package io.gatehouse.gateway.login;

import io.gatehouse.gateway.edge.ReturnTo;
import io.gatehouse.gateway.redis.ClusterMarks;
import java.time.Duration;
import java.util.Optional;
import org.springframework.http.server.reactive.ServerHttpRequest;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The sign-ins of a browser that nobody has finished, as those of tabs that another tab has overtaken. */
final class PendingFlows {

    private final FlowCookie flowCookie;
    private final ClusterMarks marks;
    private final Duration flowLifetime;

    PendingFlows(FlowCookie flowCookie, ClusterMarks marks, Duration flowLifetime) {
        this.flowCookie = flowCookie;
        this.marks = marks;
        this.flowLifetime = flowLifetime;
    }

    /** Where the newest of them leads, which is finished by this. Empty if there is none. */
    Mono<ReturnTo> take(ServerHttpRequest request) {
        return Flux.fromIterable(flowCookie.read(request).all().reversed())
                .filterWhen(flow -> marks.setOnce(flow.mark(), flowLifetime), 1)
                .next()
                .map(Flow::target);
    }

    /** The newest sign-in, finished or not. Empty if there is none. */
    Optional<Flow> newest(ServerHttpRequest request) {
        return flowCookie.read(request).all().reversed().stream().findFirst();
    }
}
