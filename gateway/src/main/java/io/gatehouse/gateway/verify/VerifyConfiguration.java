package io.gatehouse.gateway.verify;

import io.gatehouse.gateway.access.AccessDecision;
import io.gatehouse.gateway.edge.ClientAddresses;
import io.gatehouse.gateway.edge.Endpoint;
import io.gatehouse.gateway.edge.EndpointPaths;
import io.gatehouse.gateway.edge.PublicUrl;
import io.gatehouse.gateway.page.OwnAnswers;
import io.gatehouse.gateway.relay.RelayedCookies;
import io.gatehouse.gateway.relay.RequestCredentials;
import io.gatehouse.gateway.route.RouteTable;
import java.util.Set;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.web.server.WebExceptionHandler;
import reactor.core.publisher.Flux;

/** Wires the decision for other proxies. */
@Configuration(proxyBeanMethods = false)
class VerifyConfiguration {

    @Bean
    Endpoint verifyEndpoint(
            ForwardAuthProperties properties,
            ClientAddresses addresses,
            RouteTable routes,
            RelayedCookies cookies,
            AccessDecision access,
            RequestCredentials credentials,
            ObjectProvider<WebExceptionHandler> failureHandlers,
            OwnAnswers answers,
            PublicUrl publicUrl,
            EndpointPaths paths) {
        VerifyEndpoint endpoint = new VerifyEndpoint(
                properties,
                addresses,
                routes,
                new PassedRequest(routes, cookies),
                access,
                credentials,
                Flux.defer(() -> Flux.fromStream(failureHandlers.orderedStream())),
                answers,
                publicUrl,
                paths);
        return properties.proxy() == ForwardingProxy.ENVOY
                ? new Endpoint(paths.verify() + "/**", Set.of(HttpMethod.values()), endpoint)
                : new Endpoint(paths.verify(), Endpoint.LOOKING, endpoint);
    }
}
