package io.gatehouse.gateway.device;

import io.gatehouse.gateway.audit.AuditLog;
import io.gatehouse.gateway.edge.CrossSiteRequests;
import io.gatehouse.gateway.edge.Endpoint;
import io.gatehouse.gateway.edge.EndpointPaths;
import io.gatehouse.gateway.page.OwnAnswers;
import io.gatehouse.gateway.session.SessionEnds;
import io.gatehouse.gateway.session.Sessions;
import java.time.Clock;
import java.util.Set;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;

/** Wires the pages on which people see where they are signed in. */
@Configuration(proxyBeanMethods = false)
class DeviceConfiguration {

    @Bean
    OwnSessions ownSessions(SessionEnds ends, AuditLog audit) {
        return new OwnSessions(ends, audit);
    }

    @Bean
    Endpoint sessionsEndpoint(
            Sessions sessions, OwnSessions ownSessions, OwnAnswers answers, EndpointPaths paths, Clock clock) {
        return new Endpoint(
                paths.sessions(), Endpoint.LOOKING, new SessionsEndpoint(sessions, ownSessions, answers, paths, clock));
    }

    @Bean
    Endpoint endSessionsEndpoint(
            Sessions sessions,
            OwnSessions ownSessions,
            CrossSiteRequests crossSiteRequests,
            OwnAnswers answers,
            EndpointPaths paths) {
        return new Endpoint(
                paths.endOfSessions(),
                Set.of(HttpMethod.POST),
                new EndSessionsEndpoint(sessions, ownSessions, crossSiteRequests, answers, paths));
    }
}
