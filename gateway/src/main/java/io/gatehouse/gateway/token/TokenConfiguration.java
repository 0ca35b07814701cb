package io.gatehouse.gateway.token;

import io.gatehouse.gateway.audit.AuditLog;
import io.gatehouse.gateway.provider.MachineAccount;
import io.gatehouse.gateway.provider.Provider;
import io.gatehouse.gateway.provider.ProviderAccount;
import io.gatehouse.gateway.redis.RedisConnections;
import io.gatehouse.gateway.redis.RedisProperties;
import io.gatehouse.gateway.session.Changes;
import io.gatehouse.gateway.session.LiveSessions;
import io.gatehouse.gateway.session.Sessions;
import io.gatehouse.gateway.session.Upkeep;
import java.security.SecureRandom;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoderFactory;
import org.springframework.web.reactive.function.client.WebClient;

/** Wires the tokens. */
@Configuration(proxyBeanMethods = false)
class TokenConfiguration {

    @Bean
    TokenEndpoint tokenEndpoint(Provider provider, WebClient providerHttp) {
        return new TokenEndpoint(provider, providerHttp);
    }

    @Bean
    Freshness freshness(TokenProperties properties, Clock clock) {
        return new Freshness(properties, clock);
    }

    @Bean
    Renewals renewals(
            ProviderAccount account,
            Provider provider,
            ReactiveJwtDecoderFactory<ClientRegistration> idTokenDecoders,
            Freshness freshness) {
        return new Renewals(new ResourceTokens(account, freshness), new RefreshedIdTokens(provider, idTokenDecoders));
    }

    @Bean
    SentRefreshes sentRefreshes() {
        return new SentRefreshes();
    }

    @Bean
    RefreshLeases refreshLeases(
            RedisConnections connections, RedisProperties redis, TokenProperties properties, SecureRandom random) {
        return new RefreshLeases(connections, redis.namespace(), properties, random);
    }

    @Bean
    Refreshes refreshes(
            Sessions sessions,
            Changes changes,
            RefreshLeases leases,
            TokenEndpoint endpoint,
            Renewals renewals,
            SentRefreshes sentRefreshes,
            Freshness freshness,
            AuditLog audit,
            Clock clock) {
        return new Refreshes(sessions, changes, leases, endpoint, renewals, sentRefreshes, freshness, audit, clock);
    }

    @Bean
    AccessTokens accessTokens(Refreshes refreshes, Freshness freshness, TokenProperties properties, Clock clock) {
        return new AccessTokens(refreshes, freshness, properties, clock);
    }

    @Bean
    OwnTokens ownTokens(
            Provider provider,
            WebClient providerHttp,
            MachineAccount machine,
            ProviderAccount account,
            TokenProperties properties,
            Freshness freshness,
            Clock clock) {
        var endpoint =
                new OwnTokenEndpoint(provider, providerHttp, machine, account, properties.patience(), freshness, clock);
        return new OwnTokens(endpoint, freshness, clock);
    }

    @Bean
    UserinfoChecks userinfoChecks(
            AccessTokens accessTokens,
            Provider provider,
            WebClient providerHttp,
            LiveSessions live,
            TokenProperties properties,
            Clock clock) {
        var endpoint = new UserinfoEndpoint(provider, providerHttp);
        return new UserinfoChecks(accessTokens, endpoint, live, properties, clock);
    }

    @Bean
    Upkeep userinfoUpkeep(UserinfoChecks checks) {
        return new Upkeep(UserinfoChecks.PERIOD, checks::sweep);
    }
}
