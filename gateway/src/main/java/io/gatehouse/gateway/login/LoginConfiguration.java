package io.gatehouse.gateway.login;

import io.gatehouse.gateway.audit.AuditLog;
import io.gatehouse.gateway.edge.BasePath;
import io.gatehouse.gateway.edge.CrossSiteRequests;
import io.gatehouse.gateway.edge.Endpoint;
import io.gatehouse.gateway.edge.EndpointPaths;
import io.gatehouse.gateway.edge.GatewayCookies;
import io.gatehouse.gateway.edge.PublicUrl;
import io.gatehouse.gateway.page.OwnAnswers;
import io.gatehouse.gateway.provider.ClockSkew;
import io.gatehouse.gateway.provider.Provider;
import io.gatehouse.gateway.provider.ProviderAccount;
import io.gatehouse.gateway.redis.ClusterMarks;
import io.gatehouse.gateway.route.RouteTable;
import io.gatehouse.gateway.session.Envelopes;
import io.gatehouse.gateway.session.Sessions;
import io.gatehouse.gateway.session.SignedOutMarker;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Set;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoderFactory;
import org.springframework.web.reactive.function.client.WebClient;

/** Wires the sign-in. */
@Configuration(proxyBeanMethods = false)
class LoginConfiguration {

    @Bean
    SignInParameters signInParameters(
            Connectors connectors,
            LoginProperties login,
            RouteTable routes,
            PublicUrl publicUrl,
            BasePath basePath,
            EndpointPaths paths) {
        return new SignInParameters(connectors, login, routes, publicUrl, basePath, paths);
    }

    @Bean
    AuthorizationRequests authorizationRequests(
            ProviderAccount account,
            RouteTable routes,
            LoginProperties login,
            PublicUrl publicUrl,
            EndpointPaths paths) {
        return new AuthorizationRequests(account, routes, login, publicUrl, paths);
    }

    @Bean
    FlowCookie flowCookie(Envelopes envelopes, GatewayCookies cookies, LoginProperties login, Clock clock) {
        return new FlowCookie(envelopes, cookies, login.flowLifetime(), clock);
    }

    @Bean
    SignInRounds signInRounds(ClusterMarks marks, Sessions sessions, SignedOutMarker signedOut, Clock clock) {
        return new SignInRounds(marks, sessions, signedOut, clock);
    }

    @Bean
    SignInStart signInStart(
            Provider provider,
            AuthorizationRequests requests,
            FlowCookie flowCookie,
            SignInRounds rounds,
            Sessions sessions,
            SignedOutMarker signedOut,
            OwnAnswers answers,
            PublicUrl publicUrl,
            SecureRandom random,
            Clock clock) {
        return new SignInStart(
                provider, requests, flowCookie, rounds, sessions, signedOut, answers, publicUrl, random, clock);
    }

    @Bean
    ChoicePage choicePage(
            LoginProperties login, Connectors connectors, Provider provider, OwnAnswers answers, EndpointPaths paths) {
        return new ChoicePage(login, connectors, provider, answers, paths);
    }

    @Bean
    SignInRedirect signInRedirect(
            SignInParameters parameters, SignInStart signInStart, ChoicePage choice, FragmentPage fragment) {
        return new SignInRedirect(parameters, signInStart, choice, fragment);
    }

    @Bean
    FragmentPage fragmentPage(OwnAnswers answers, EndpointPaths paths) {
        return new FragmentPage(answers, paths);
    }

    @Bean
    Endpoint keepFragment(FragmentPage fragment) {
        return fragment.script();
    }

    @Bean
    Endpoint signIn(EndpointPaths paths, SignInParameters parameters, SignInStart signInStart, ChoicePage choice) {
        return new Endpoint(paths.signIn(), Endpoint.LOOKING, new SignInEndpoint(parameters, signInStart, choice));
    }

    @Bean
    Endpoint initiate(
            EndpointPaths paths,
            SignInParameters parameters,
            SignInStart signInStart,
            PendingFlows pending,
            Sessions sessions,
            ProviderAccount account,
            CrossSiteRequests crossSiteRequests,
            OwnAnswers answers) {
        return new Endpoint(
                paths.initiate(),
                Set.of(HttpMethod.GET, HttpMethod.POST),
                new InitiateEndpoint(
                        parameters, signInStart, pending, sessions, account, crossSiteRequests, answers, paths));
    }

    @Bean
    PendingFlows pendingFlows(FlowCookie flowCookie, ClusterMarks marks, LoginProperties login) {
        return new PendingFlows(flowCookie, marks, login.flowLifetime());
    }

    @Bean
    CodeExchange codeExchange(WebClient providerHttp, ReactiveJwtDecoderFactory<ClientRegistration> idTokenDecoders) {
        return new CodeExchange(providerHttp, idTokenDecoders);
    }

    @Bean
    SignIns signIns(
            AuthorizationRequests requests,
            CodeExchange codeExchange,
            ClusterMarks marks,
            Sessions sessions,
            SignedOutMarker signedOut,
            AuditLog audit,
            LoginProperties login,
            Clock clock) {
        return new SignIns(requests, codeExchange, marks, sessions, signedOut, audit, login.flowLifetime(), clock);
    }

    @Bean
    Endpoint callback(
            EndpointPaths paths,
            Provider provider,
            FlowCookie flowCookie,
            SignIns signIns,
            SignInStart signInStart,
            Sessions sessions,
            SignedOutMarker signedOut,
            OwnAnswers answers,
            AuditLog audit,
            ClockSkew clockSkew) {
        var endpoint = new CallbackEndpoint(
                provider, flowCookie, signIns, signInStart, sessions, signedOut, answers, audit, clockSkew);
        return new Endpoint(paths.callback(), Set.of(HttpMethod.GET), endpoint);
    }
}
