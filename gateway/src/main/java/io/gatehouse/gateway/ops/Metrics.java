package io.gatehouse.gateway.ops;

import static org.springframework.web.reactive.function.server.RequestPredicates.GET;
import static org.springframework.web.reactive.function.server.RequestPredicates.path;
import static org.springframework.web.reactive.function.server.RouterFunctions.route;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;

/** {@code GET /metrics}: every meter in the Prometheus text format. */
final class Metrics {

    private static final String METRICS = "/metrics";
    private static final MediaType TEXT = MediaType.parseMediaType("text/plain;version=0.0.4;charset=utf-8");

    private final PrometheusMeterRegistry registry;

    Metrics(PrometheusMeterRegistry registry) {
        this.registry = registry;
    }

    RouterFunction<ServerResponse> routes() {
        return route(
                        GET(METRICS),
                        request -> ServerResponse.ok()
                                .contentType(TEXT)
                                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                                .bodyValue(registry.scrape()))
                .andRoute(path(METRICS), request -> OpsProblems.refuseMethod(HttpMethod.GET));
    }
}
