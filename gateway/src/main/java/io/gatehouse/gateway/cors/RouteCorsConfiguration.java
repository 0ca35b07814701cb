package io.gatehouse.gateway.cors;

import io.gatehouse.gateway.edge.BasePath;
import io.gatehouse.gateway.page.OwnAnswers;
import io.gatehouse.gateway.route.RouteTable;
import org.springframework.cloud.gateway.handler.FilteringWebHandler;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires what routes say about pages of other origins. */
@Configuration(proxyBeanMethods = false)
class RouteCorsConfiguration {

    @Bean
    RouteCorsGlobalFilter routeCorsGlobalFilter() {
        return new RouteCorsGlobalFilter();
    }

    @Bean
    RoutePreflightWebFilter routePreflightWebFilter(
            RouteTable routes, BasePath basePath, OwnAnswers answers, FilteringWebHandler gateway) {
        return new RoutePreflightWebFilter(routes, basePath, answers, gateway);
    }
}
