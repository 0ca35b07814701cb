package io.gatehouse.gateway.relay;

import io.gatehouse.gateway.edge.GatewayCookies;
import io.gatehouse.gateway.edge.PublicUrl;
import io.gatehouse.gateway.session.Sessions;
import io.gatehouse.gateway.token.AccessTokens;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the relay. */
@Configuration(proxyBeanMethods = false)
class RelayConfiguration {

    @Bean
    RelayGlobalFilter relayGlobalFilter(
            Sessions sessions,
            AccessTokens accessTokens,
            GatewayCookies cookies,
            PublicUrl publicUrl,
            RelayProperties properties) {
        return new RelayGlobalFilter(sessions, accessTokens, new RelayedCookies(cookies, publicUrl), properties);
    }

    @Bean
    UpstreamConnections upstreamConnections(RelayProperties properties) {
        return new UpstreamConnections(properties);
    }
}
