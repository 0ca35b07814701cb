package io.gatehouse.gateway.organization;

import io.gatehouse.gateway.edge.CrossSiteRequests;
import io.gatehouse.gateway.edge.Endpoint;
import io.gatehouse.gateway.edge.EndpointPaths;
import io.gatehouse.gateway.page.OwnAnswers;
import io.gatehouse.gateway.session.Sessions;
import io.gatehouse.gateway.token.AccessTokens;
import java.util.Set;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;

/** Wires the organizations. */
@Configuration(proxyBeanMethods = false)
class OrganizationConfiguration {

    @Bean
    OrganizationChoice organizationChoice(EndpointPaths paths) {
        return new OrganizationChoice(paths);
    }

    @Bean
    Organizations organizations(AccessTokens accessTokens, OrganizationAliases aliases) {
        return new Organizations(accessTokens, aliases);
    }

    @Bean
    Endpoint organizationEndpoint(
            Sessions sessions,
            Organizations organizations,
            CrossSiteRequests crossSiteRequests,
            OwnAnswers answers,
            EndpointPaths paths) {
        return new Endpoint(
                paths.organization(),
                Set.of(HttpMethod.POST),
                new OrganizationEndpoint(sessions, organizations, crossSiteRequests, answers));
    }
}
