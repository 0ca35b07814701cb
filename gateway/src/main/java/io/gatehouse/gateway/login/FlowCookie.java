package io.gatehouse.gateway.login;

import io.gatehouse.gateway.edge.GatewayCookies;
import io.gatehouse.gateway.session.Envelopes;
import io.gatehouse.gateway.session.ServerKey;
import io.gatehouse.gateway.session.UnreadableEnvelopeException;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.SecretKey;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;

/**
 * Keeps the flows of a browser in that browser. Any replica can finish what another one began, and people who never
 * sign in cost no memory anywhere.
 */
final class FlowCookie {

    private final Envelopes envelopes;
    private final GatewayCookies cookies;
    private final Duration lifetime;
    private final Clock clock;

    FlowCookie(Envelopes envelopes, GatewayCookies cookies, Duration lifetime, Clock clock) {
        this.envelopes = envelopes;
        this.cookies = cookies;
        this.lifetime = lifetime;
        this.clock = clock;
    }

    /** The flows that can still be finished; none if the cookie is not ours or its key is gone. */
    Flows read(ServerHttpRequest request) {
        return cookies.read(request, cookies.flow())
                .flatMap(this::open)
                .orElse(Flows.NONE)
                .begunWithin(lifetime, clock.instant());
    }

    /** Whether the browser sends the cookie at all, readable or not. */
    boolean isSentWith(ServerHttpRequest request) {
        return cookies.read(request, cookies.flow()).isPresent();
    }

    /** Whether what the browser sends was sealed with one of our keys. */
    boolean isReadable(ServerHttpRequest request) {
        return cookies.read(request, cookies.flow()).flatMap(this::open).isPresent();
    }

    void write(ServerWebExchange exchange, Flows flows) {
        String sealed = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(envelopes.seal(cookies.flow(), "flows", FlowCookie::key, flows.encode()));
        exchange.getResponse().addCookie(cookies.create(cookies.flow(), sealed, lifetime));
    }

    private Optional<Flows> open(String sealed) {
        try {
            return Optional.of(Flows.decode(envelopes.open(
                    cookies.flow(),
                    "flows",
                    FlowCookie::key,
                    Base64.getUrlDecoder().decode(sealed))));
        } catch (IllegalArgumentException | UnreadableEnvelopeException notOurs) {
            return Optional.empty();
        }
    }

    private static SecretKey key(ServerKey key) {
        return key.derive("sign-in flows");
    }
}
