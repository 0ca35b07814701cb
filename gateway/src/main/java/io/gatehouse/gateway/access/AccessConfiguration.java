package io.gatehouse.gateway.access;

import io.gatehouse.gateway.audit.AuditLog;
import io.gatehouse.gateway.bearer.BearerTokens;
import io.gatehouse.gateway.edge.CrossSiteRequests;
import io.gatehouse.gateway.session.Sessions;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the access decision. */
@Configuration(proxyBeanMethods = false)
class AccessConfiguration {

    @Bean
    AccessGlobalFilter accessGlobalFilter(
            Sessions sessions,
            BearerTokens bearerTokens,
            CrossSiteRequests crossSiteRequests,
            AuditLog audit,
            Clock clock) {
        return new AccessGlobalFilter(sessions, bearerTokens, crossSiteRequests, audit, clock);
    }
}
