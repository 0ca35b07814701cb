package io.gatehouse.gateway.logout;

import io.gatehouse.gateway.audit.AuditLog;
import io.gatehouse.gateway.edge.CrossSiteRequests;
import io.gatehouse.gateway.edge.Endpoint;
import io.gatehouse.gateway.edge.EndpointPaths;
import io.gatehouse.gateway.edge.PublicUrl;
import io.gatehouse.gateway.page.OwnAnswers;
import io.gatehouse.gateway.provider.Provider;
import io.gatehouse.gateway.provider.ProviderAccount;
import io.gatehouse.gateway.provider.SentTokens;
import io.gatehouse.gateway.redis.ClusterMarks;
import io.gatehouse.gateway.route.RouteTable;
import io.gatehouse.gateway.session.SessionEnds;
import io.gatehouse.gateway.session.Sessions;
import io.gatehouse.gateway.session.SignedOutMarker;
import io.gatehouse.gateway.token.TokenEndpoint;
import java.time.Clock;
import java.util.Set;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;

/** Wires the sign-out. */
@Configuration(proxyBeanMethods = false)
class LogoutConfiguration {

    @Bean
    SignOut signOut(
            Sessions sessions,
            SessionEnds ends,
            TokenEndpoint tokens,
            SignedOutMarker signedOut,
            LogoutProperties properties,
            AuditLog audit) {
        return new SignOut(sessions, ends, tokens, signedOut, properties, audit);
    }

    @Bean
    EndSession endSession(
            Provider provider,
            ProviderAccount account,
            RouteTable routes,
            PublicUrl publicUrl,
            EndpointPaths paths,
            LogoutProperties properties) {
        return new EndSession(provider, account, routes, publicUrl, paths, properties);
    }

    @Bean
    Endpoint signOutEndpoint(
            Sessions sessions,
            SignOut signOut,
            EndSession endSession,
            CrossSiteRequests crossSiteRequests,
            OwnAnswers answers,
            PublicUrl publicUrl,
            EndpointPaths paths) {
        return new Endpoint(
                paths.signOut(),
                Set.of(HttpMethod.GET, HttpMethod.POST),
                new SignOutEndpoint(sessions, signOut, endSession, crossSiteRequests, answers, publicUrl, paths));
    }

    @Bean
    Endpoint signedOutEndpoint(
            OwnAnswers answers, EndpointPaths paths, SignedOutMarker signedOut, LogoutProperties properties) {
        return new Endpoint(
                paths.signedOut(), Endpoint.LOOKING, new SignedOutEndpoint(answers, paths, signedOut, properties));
    }

    @Bean
    BackChannelLogout backChannelLogout(
            SentTokens sentTokens,
            SessionEnds ends,
            ClusterMarks marks,
            ProviderAccount account,
            AuditLog audit,
            Clock clock) {
        return new BackChannelLogout(sentTokens, new LogoutTokens(account, clock), ends, marks, account, audit);
    }

    @Bean
    Endpoint backChannelLogoutEndpoint(
            BackChannelLogout backChannelLogout, OwnAnswers answers, AuditLog audit, EndpointPaths paths) {
        return new Endpoint(
                paths.backchannelLogout(),
                Set.of(HttpMethod.POST),
                new BackChannelLogoutEndpoint(backChannelLogout, answers, audit));
    }
}
