package io.gatehouse.gateway.bearer;

import io.gatehouse.gateway.provider.ProviderAccount;
import io.gatehouse.gateway.provider.SentTokens;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the tokens of API clients. */
@Configuration(proxyBeanMethods = false)
class BearerConfiguration {

    @Bean
    BearerTokens bearerTokens(SentTokens sentTokens, ProviderAccount account, Clock clock) {
        return new BearerTokens(sentTokens, new AccessTokenRules(account, clock), new VerifiedTokens(clock), clock);
    }
}
