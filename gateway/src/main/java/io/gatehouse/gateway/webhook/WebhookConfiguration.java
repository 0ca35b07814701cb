package io.gatehouse.gateway.webhook;

import io.gatehouse.gateway.audit.AuditLog;
import io.gatehouse.gateway.edge.Endpoint;
import io.gatehouse.gateway.edge.EndpointPaths;
import io.gatehouse.gateway.page.OwnAnswers;
import io.gatehouse.gateway.provider.ProviderAccount;
import io.gatehouse.gateway.redis.ClusterMarks;
import io.gatehouse.gateway.session.SessionEnds;
import java.time.Clock;
import java.util.Set;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;

/** Wires what Logto tells about accounts. */
@Configuration(proxyBeanMethods = false)
class WebhookConfiguration {

    @Bean
    Webhooks webhooks(SessionEnds ends, ClusterMarks marks, ProviderAccount account, AuditLog audit, Clock clock) {
        return new Webhooks(ends, marks, account, audit, clock);
    }

    /** Without a key there is no such endpoint: nothing could prove that a webhook is Logto's. */
    @Bean
    Endpoint webhookEndpoint(
            SigningKeys keys, Webhooks webhooks, OwnAnswers answers, AuditLog audit, EndpointPaths paths) {
        return keys.areMissing()
                ? Endpoint.missing(paths.webhooks())
                : new Endpoint(
                        paths.webhooks(), Set.of(HttpMethod.POST), new WebhookEndpoint(keys, webhooks, answers, audit));
    }
}
