package io.gatehouse.gateway.form;

import io.gatehouse.gateway.edge.CrossSiteRequests;
import io.gatehouse.gateway.edge.Endpoint;
import io.gatehouse.gateway.edge.EndpointPaths;
import io.gatehouse.gateway.page.OwnAnswers;
import io.gatehouse.gateway.redis.RedisConnections;
import io.gatehouse.gateway.redis.RedisProperties;
import io.gatehouse.gateway.session.Envelopes;
import io.gatehouse.gateway.session.Sessions;
import java.time.Duration;
import java.util.Set;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;

/** Wires what happens to forms that come too late. */
@Configuration(proxyBeanMethods = false)
class FormConfiguration {

    /** As long as a person may take to sign in at Logto. */
    private static final Duration MEMORY = Duration.ofHours(1);

    @Bean
    KeptForms keptForms(RedisConnections connections, Envelopes envelopes, RedisProperties redis) {
        return new KeptForms(connections, envelopes, redis.namespace(), MEMORY);
    }

    @Bean
    LateForms lateForms(
            Sessions sessions,
            KeptForms forms,
            CrossSiteRequests crossSiteRequests,
            OwnAnswers answers,
            EndpointPaths paths) {
        return new LateForms(sessions, forms, crossSiteRequests, answers, paths);
    }

    @Bean
    Endpoint formEndpoint(
            Sessions sessions,
            KeptForms forms,
            CrossSiteRequests crossSiteRequests,
            OwnAnswers answers,
            EndpointPaths paths) {
        return new Endpoint(
                paths.form(),
                Set.of(HttpMethod.GET, HttpMethod.POST),
                new FormEndpoint(sessions, forms, crossSiteRequests, answers, paths));
    }
}
