package io.gatehouse.gateway.route;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the routes. */
@Configuration(proxyBeanMethods = false)
class RouteConfiguration {

    @Bean
    RouteTable routeTable(ConfiguredRoutes routes) {
        return new RouteTable(routes.all());
    }
}
