package io.gatehouse.gateway.relay;

import io.gatehouse.gateway.bearer.BearerTokens;
import io.gatehouse.gateway.edge.ClientAddresses;
import io.gatehouse.gateway.edge.Endpoint;
import io.gatehouse.gateway.edge.EndpointPaths;
import io.gatehouse.gateway.edge.GatewayCookies;
import io.gatehouse.gateway.edge.PublicUrl;
import io.gatehouse.gateway.organization.Organizations;
import io.gatehouse.gateway.page.OwnAnswers;
import io.gatehouse.gateway.route.RouteTable;
import io.gatehouse.gateway.session.LiveSessions;
import io.gatehouse.gateway.session.Sessions;
import io.gatehouse.gateway.token.AccessTokens;
import io.gatehouse.gateway.token.OwnTokens;
import io.gatehouse.gateway.token.UserinfoChecks;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.cloud.gateway.config.HttpClientProperties;
import org.springframework.cloud.gateway.filter.headers.HttpHeadersFilter;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.netty.http.client.HttpClient;

/** Wires the relay. */
@Configuration(proxyBeanMethods = false)
class RelayConfiguration {

    @Bean
    AccessTokenRelay accessTokenRelay(AccessTokens accessTokens, Organizations organizations) {
        return new AccessTokenRelay(accessTokens, organizations);
    }

    @Bean
    RefusedTokenGlobalFilter refusedTokenGlobalFilter(
            AccessTokenRelay accessTokens, RelayedIdentity identity, Clock clock) {
        return new RefusedTokenGlobalFilter(accessTokens, identity, clock);
    }

    @Bean
    SecurityHeadersGlobalFilter securityHeadersGlobalFilter(PublicUrl publicUrl) {
        return new SecurityHeadersGlobalFilter(publicUrl);
    }

    @Bean
    OwnForwardedHeaders ownForwardedHeaders() {
        return new OwnForwardedHeaders();
    }

    @Bean
    ResponseRuleGlobalFilter responseRuleGlobalFilter() {
        return new ResponseRuleGlobalFilter();
    }

    @Bean
    RelayGlobalFilter relayGlobalFilter(
            RequestCredentials credentials,
            RelayedCookies cookies,
            RouteTable routes,
            PublicUrl publicUrl,
            ClientAddresses addresses,
            RelayProperties properties) {
        return new RelayGlobalFilter(credentials, routes, cookies, new Rewritings(addresses, publicUrl), properties);
    }

    @Bean
    RelayedCookies relayedCookies(GatewayCookies cookies, PublicUrl publicUrl) {
        return new RelayedCookies(cookies, publicUrl);
    }

    @Bean
    RequestCredentials requestCredentials(
            Sessions sessions,
            BearerTokens bearerTokens,
            UserinfoChecks userinfoChecks,
            RelayedTokens tokens,
            RelayedIdentity identity) {
        return new RequestCredentials(sessions, bearerTokens, userinfoChecks, tokens, identity);
    }

    @Bean
    RelayedTokens relayedTokens(AccessTokenRelay accessTokenRelay, AccessTokens accessTokens, OwnTokens ownTokens) {
        return new RelayedTokens(accessTokenRelay, accessTokens, ownTokens);
    }

    @Bean
    RelayedIdentity relayedIdentity(RelayProperties properties, PublicUrl publicUrl, SecureRandom random, Clock clock) {
        return new RelayedIdentity(new IdentityAssertion(properties.keys(), publicUrl, random, clock));
    }

    @Bean
    Endpoint jwksEndpoint(RelayProperties properties, OwnAnswers answers, EndpointPaths paths) {
        return new Endpoint(paths.jwks(), Endpoint.LOOKING, new JwksEndpoint(properties.keys(), answers));
    }

    @Bean
    SessionEnd sessionEnd(Sessions sessions, LiveSessions live, BearerTokens bearerTokens) {
        return new SessionEnd(sessions, live, bearerTokens);
    }

    @Bean
    SessionEndGlobalFilter sessionEndGlobalFilter(SessionEnd sessionEnd, PublicUrl publicUrl, EndpointPaths paths) {
        return new SessionEndGlobalFilter(sessionEnd, new EventStreamEnd(publicUrl.resolve(paths.signIn())));
    }

    /** Instead of Spring Cloud Gateway's own, which is switched off. */
    @Bean
    WebSocketRoutingFilter webSocketRoutingFilter(
            HttpClient client,
            ObjectProvider<List<HttpHeadersFilter>> headersFilters,
            HttpClientProperties properties,
            SessionEnd sessionEnd,
            SecureRandom random,
            UpstreamTls tls) {
        return new WebSocketRoutingFilter(client, headersFilters, properties, sessionEnd, random, tls);
    }

    @Bean
    UpstreamTls upstreamTls() {
        return new UpstreamTls();
    }

    @Bean
    TlsRoutingFilter tlsRoutingFilter(
            HttpClient client,
            ObjectProvider<List<HttpHeadersFilter>> headersFilters,
            HttpClientProperties properties,
            UpstreamTls tls) {
        return new TlsRoutingFilter(client, headersFilters, properties, tls);
    }

    @Bean
    UpstreamConnections upstreamConnections(RelayProperties properties) {
        return new UpstreamConnections(properties);
    }
}
