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

    /** How long the IdP may take to send the browser back. */
    private static final Duration ONWARD = Duration.ofMinutes(10);

    private final Envelopes envelopes;
    private final GatewayCookies cookies;
    private final Clock clock;

    SignedOutMarker(Envelopes envelopes, GatewayCookies cookies, Clock clock) {
        this.envelopes = envelopes;
        this.cookies = cookies;
        this.clock = clock;
    }

    /**
     * What is sealed: the time, and behind it a byte if the browser is still to be sent on, which a replica that knows
     * nothing of that leaves alone.
     */
    private record Note(Instant at, boolean onward) {

        static Note of(byte[] bytes) {
            return new Note(Instant.ofEpochMilli(ByteBuffer.wrap(bytes).getLong()), bytes.length > Long.BYTES);
        }

        byte[] bytes() {
            return ByteBuffer.allocate(onward ? Long.BYTES + 1 : Long.BYTES)
                    .putLong(at.toEpochMilli())
                    .array();
        }
    }

    /**
     * Notes that somebody has just signed out in this browser.
     *
     * @param onward whether the browser is to be sent on {@linkplain #takeOnward once} when it comes back from the IdP
     */
    public void set(ServerWebExchange exchange, boolean onward) {
        write(exchange, new Note(clock.instant(), onward));
    }

    /**
     * Whether the browser is to be sent on. It is said once for each sign-out, so that nothing can go round in circles,
     * and not after a new sign-in.
     */
    public boolean takeOnward(ServerWebExchange exchange) {
        Instant oldest = clock.instant().minus(ONWARD);
        Optional<Note> note =
                read(exchange.getRequest()).filter(Note::onward).filter(found -> oldest.isBefore(found.at()));
        note.ifPresent(found -> write(exchange, new Note(found.at(), false)));
        return note.isPresent();
    }

    private void write(ServerWebExchange exchange, Note note) {
        String sealed = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(envelopes.seal(cookies.out(), "time", SignedOutMarker::key, note.bytes()));
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
        return read(request).map(Note::at).filter(oldest::isBefore);
    }

    private Optional<Note> read(ServerHttpRequest request) {
        return cookies.read(request, cookies.out()).flatMap(this::open);
    }

    private Optional<Note> open(String sealed) {
        try {
            byte[] note = envelopes.open(
                    cookies.out(),
                    "time",
                    SignedOutMarker::key,
                    Base64.getUrlDecoder().decode(sealed));
            return Optional.of(Note.of(note));
        } catch (IllegalArgumentException | UnreadableEnvelopeException notOurs) {
            return Optional.empty();
        }
    }

    private static SecretKey key(ServerKey key) {
        return key.derive("signed out");
    }
}
