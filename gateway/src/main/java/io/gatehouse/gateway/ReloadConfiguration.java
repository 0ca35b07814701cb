package io.gatehouse.gateway;

import io.gatehouse.gateway.audit.AuditLog;
import io.gatehouse.gateway.route.RouteTable;
import io.gatehouse.gateway.webhook.SigningKeys;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.ConfigurableEnvironment;

/** Wires what notices that the configuration has changed. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnMissingBean(SiteId.class)
class ReloadConfiguration {

    @Bean
    Reload reload(
            ConfigurableEnvironment environment,
            GatehouseProperties running,
            RouteTable routes,
            SigningKeys webhooks,
            ApplicationEventPublisher publisher,
            Sites sites,
            AuditLog audit,
            MeterRegistry registry) {
        LiveParts parts = new LiveParts(running, routes, webhooks, publisher);
        return new Reload(
                environment,
                new ConfigurationFiles(environment),
                new LiveSites(parts, sites::parts),
                audit,
                new ReloadCount(registry));
    }

    @Bean
    SmartLifecycle reloadWatch(Reload reload, GatehouseProperties properties) {
        return new ReloadWatch(reload, properties.reload().interval());
    }
}
