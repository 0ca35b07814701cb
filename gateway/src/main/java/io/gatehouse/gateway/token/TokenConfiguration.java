package io.gatehouse.gateway.token;

import io.gatehouse.gateway.audit.AuditLog;
import io.gatehouse.gateway.provider.MachineAccount;
import io.gatehouse.gateway.provider.Provider;
import io.gatehouse.gateway.provider.ProviderAccount;
import io.gatehouse.gateway.session.LiveSessions;
import io.gatehouse.gateway.session.Sessions;
import io.gatehouse.gateway.session.Upkeep;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.function.client.WebClient;

/** Wires the tokens. */
@Configuration(proxyBeanMethods = false)
class TokenConfiguration {

    @Bean
    TokenEndpoint tokenEndpoint(Provider provider, WebClient providerHttp) {
        return new TokenEndpoint(provider, providerHttp);
    }

    @Bean
    AccessTokens accessTokens(
            Sessions sessions,
            TokenEndpoint endpoint,
            ProviderAccount account,
            TokenProperties properties,
            AuditLog audit,
            Clock clock) {
        return new AccessTokens(sessions, endpoint, new ResourceTokens(account, clock), properties, audit, clock);
    }

    @Bean
    OwnTokens ownTokens(
            Provider provider,
            WebClient providerHttp,
            MachineAccount machine,
            ProviderAccount account,
            TokenProperties properties,
            Clock clock) {
        var endpoint = new OwnTokenEndpoint(provider, providerHttp, machine, account, properties, clock);
        return new OwnTokens(endpoint, properties, clock);
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
