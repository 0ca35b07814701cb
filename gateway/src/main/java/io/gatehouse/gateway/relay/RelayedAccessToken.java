package io.gatehouse.gateway.relay;

import io.gatehouse.gateway.session.AccessToken;
import io.gatehouse.gateway.session.BrowserSession;
import io.gatehouse.gateway.token.Wanted;
import java.util.Optional;
import org.springframework.web.server.ServerWebExchange;

/**
 * The access token that an upstream was sent.
 *
 * @param session it is from
 * @param wanted how another one is had
 */
public record RelayedAccessToken(BrowserSession session, Wanted.Token wanted, AccessToken token) {

    private static final String ATTRIBUTE = RelayedAccessToken.class.getName();

    /** Notes it for {@link RefusedTokenGlobalFilter}. */
    void noteOn(ServerWebExchange exchange) {
        exchange.getAttributes().put(ATTRIBUTE, this);
    }

    /** Empty if the request was sent without an access token of the session. */
    static Optional<RelayedAccessToken> of(ServerWebExchange exchange) {
        return Optional.ofNullable(exchange.getAttribute(ATTRIBUTE));
    }
}
