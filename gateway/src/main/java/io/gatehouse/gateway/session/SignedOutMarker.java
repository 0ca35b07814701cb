package io.gatehouse.gateway.session;

import io.gatehouse.gateway.edge.GatewayCookies;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.SecretKey;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;

/**
 * Remembers in the browser when somebody signed out there, so that the next sign-in asks for credentials even if the
 * IdP still knows the person. Sealed, so that no other site can plant one or move the time.
 */
public final class SignedOutMarker {

    private static final Duration MAX_AGE = Duration.ofDays(30);

    private final Envelopes envelopes;
    private final GatewayCookies cookies;
    private final Clock clock;

    SignedOutMarker(Envelopes envelopes, GatewayCookies cookies, Clock clock) {
        this.envelopes = envelopes;
        this.cookies = cookies;
        this.clock = clock;
    }

    /** Notes that somebody has just signed out in this browser. */
    public void set(ServerWebExchange exchange) {
        byte[] now = ByteBuffer.allocate(Long.BYTES).putLong(clock.millis()).array();
        String sealed = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(envelopes.seal(cookies.out(), "time", SignedOutMarker::key, now));
        exchange.getResponse().addCookie(cookies.create(cookies.out(), sealed, MAX_AGE));
    }

    /** Forgets it, now that somebody has signed in. */
    public void remove(ServerWebExchange exchange) {
        if (cookies.read(exchange.getRequest(), cookies.out()).isPresent()) {
            exchange.getResponse().addCookie(cookies.remove(cookies.out()));
        }
    }

    /**
     * When this browser signed out. Empty if it did not, if that was more than 30 days ago, or if what it sent is not
     * ours.
     */
    public Optional<Instant> signedOutAt(ServerHttpRequest request) {
        Instant oldest = clock.instant().minus(MAX_AGE);
        return cookies.read(request, cookies.out()).flatMap(this::open).filter(oldest::isBefore);
    }

    private Optional<Instant> open(String sealed) {
        try {
            byte[] time = envelopes.open(
                    cookies.out(),
                    "time",
                    SignedOutMarker::key,
                    Base64.getUrlDecoder().decode(sealed));
            return Optional.of(Instant.ofEpochMilli(ByteBuffer.wrap(time).getLong()));
        } catch (IllegalArgumentException | UnreadableEnvelopeException notOurs) {
            return Optional.empty();
        }
    }

    private static SecretKey key(ServerKey key) {
        return key.derive("signed out");
    }
}
