package io.gatehouse.gateway;

import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import reactor.core.publisher.Mono;

/** Leads each request to the site whose host it names, and every other one to the gateway itself. */
final class SiteHandler implements HttpHandler {

    private final Sites sites;
    private final HttpHandler main;

    SiteHandler(Sites sites, HttpHandler main) {
        this.sites = sites;
        this.main = main;
    }

    @Override
    public Mono<Void> handle(ServerHttpRequest request, ServerHttpResponse response) {
        return sites.at(request.getHeaders().getFirst(HttpHeaders.HOST))
                .map(Site::handler)
                .orElse(main)
                .handle(request, response);
    }
}
