package io.gatehouse.bookstore.received;

import java.time.Clock;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Notes down every request, before Spring Security, so that those it refuses are seen as well. Changes neither request
 * nor response; steps aside for whoever reads the notes or looks after the process.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
final class RecordingWebFilter implements WebFilter {

    private final ReceivedRequests received;
    private final Clock clock;

    RecordingWebFilter(ReceivedRequests received, Clock clock) {
        this.received = received;
        this.clock = clock;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        ServerHttpRequest request = exchange.getRequest();
        if (isRecorded(request.getURI().getRawPath())) {
            received.add(ReceivedRequest.of(request, clock.instant()));
        }
        return chain.filter(exchange);
    }

    private static boolean isRecorded(String path) {
        return !path.equals("/received") && !path.startsWith("/actuator");
    }
}
