package io.gatehouse.gateway;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.List;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.web.server.adapter.WebHttpHandlerBuilder;

/** Wires the sites, in the context of the gateway itself. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnMissingBean(SiteId.class)
class SiteConfiguration {

    @Bean
    Sites sites(
            GatehouseProperties properties, ConfigurableEnvironment environment, Clock clock, MeterRegistry registry) {
        List<Site> all = ConfigurationReader.readSites(environment, properties).entrySet().stream()
                .map(site -> new Site(site.getKey(), site.getValue()))
                .toList();
        return new Sites(all, environment, clock, registry);
    }

    @Bean
    HttpHandler siteHandler(Sites sites, ApplicationContext context) {
        return new SiteHandler(
                sites, WebHttpHandlerBuilder.applicationContext(context).build());
    }
}
