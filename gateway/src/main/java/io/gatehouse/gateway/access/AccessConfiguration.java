package io.gatehouse.gateway.access;

import io.gatehouse.gateway.audit.AuditLog;
import io.gatehouse.gateway.bearer.BearerTokens;
import io.gatehouse.gateway.edge.ClientAddresses;
import io.gatehouse.gateway.edge.CrossSiteRequests;
import io.gatehouse.gateway.organization.OrganizationAliases;
import io.gatehouse.gateway.relay.AccessTokenRelay;
import io.gatehouse.gateway.session.Sessions;
import io.gatehouse.gateway.token.AccessTokens;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the access decision. */
@Configuration(proxyBeanMethods = false)
class AccessConfiguration {

    @Bean
    AccessGlobalFilter accessGlobalFilter(AccessDecision decision) {
        return new AccessGlobalFilter(decision);
    }

    @Bean
    AccessDecision accessDecision(
            Sessions sessions,
            BearerTokens bearerTokens,
            CrossSiteRequests crossSiteRequests,
            RuleCheck rules,
            AuditLog audit,
            Clock clock) {
        return new AccessDecision(sessions, bearerTokens, crossSiteRequests, rules, audit, clock);
    }

    @Bean
    RuleCheck ruleCheck(
            AccessTokens accessTokens,
            AccessTokenRelay accessTokenRelay,
            OrganizationAliases aliases,
            ClientAddresses addresses,
            AuditLog audit,
            Clock clock) {
        return new RuleCheck(accessTokens, accessTokenRelay, aliases, addresses, audit, clock);
    }
}
