package io.gatehouse.gateway.edge;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.handler.SimpleUrlHandlerMapping;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.WebHandler;
import reactor.core.publisher.Mono;

/** Wires what every request meets first, and maps the gateway's own endpoints before any route. */
@Configuration(proxyBeanMethods = false)
class EdgeConfiguration {

    @Bean
    CorrelationIdWebFilter correlationId() {
        return new CorrelationIdWebFilter(() -> ThreadLocalRandom.current().nextLong());
    }

    @Bean
    WirePipeline wirePipeline() {
        return new WirePipeline();
    }

    @Bean
    RequestFirewall requestFirewall() {
        return new RequestFirewall();
    }

    @Bean
    GatewayCookies gatewayCookies(PublicUrl publicUrl) {
        return new GatewayCookies(publicUrl);
    }

    @Bean
    ClientAddresses clientAddresses(TrustedProxies trustedProxies) {
        return new ClientAddresses(trustedProxies);
    }

    @Bean
    CrossSiteRequests crossSiteRequests(PublicUrl publicUrl, CorsProperties cors) {
        return new CrossSiteRequests(publicUrl, cors);
    }

    /** The whole base path is ours: what no endpoint answers is not found, and never reaches an upstream. */
    @Bean
    SimpleUrlHandlerMapping endpointMapping(BasePath basePath, List<Endpoint> endpoints) {
        Map<String, WebHandler> handlers = new HashMap<>();
        WebHandler nothing = exchange -> Mono.error(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
        handlers.put(basePath.value(), nothing);
        handlers.put(basePath.value() + "/**", nothing);
        endpoints.forEach(endpoint -> handlers.put(endpoint.path(), endpoint::handle));
        return new SimpleUrlHandlerMapping(handlers, Ordered.HIGHEST_PRECEDENCE);
    }
}
