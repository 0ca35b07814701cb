package io.gatehouse.gateway.relay;

import com.nimbusds.jwt.JWTClaimsSet;
import io.gatehouse.gateway.edge.PublicUrl;
import io.gatehouse.gateway.route.GatewayRoute;
import io.gatehouse.gateway.session.Identity;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import org.springframework.http.server.reactive.ServerHttpRequest;

/**
 * A JWT by which this gateway says who the user is, to one upstream, for one request and one minute.
 *
 * <p>{@code htm} and {@code htu} are those of DPoP (RFC 9449, section 4.2): the method, and the target URI as the
 * browser knows it, without query and fragment.
 */
final class IdentityAssertion {

    static final String HEADER = "X-Gatehouse-Assertion";

    private static final Duration LIFETIME = Duration.ofSeconds(60);
    private static final int ID_BYTES = 16;

    private final AssertionKeys keys;
    private final PublicUrl publicUrl;
    private final SecureRandom random;
    private final Clock clock;

    IdentityAssertion(AssertionKeys keys, PublicUrl publicUrl, SecureRandom random, Clock clock) {
        this.keys = keys;
        this.publicUrl = publicUrl;
        this.random = random;
        this.clock = clock;
    }

    /** Signs at once, so that what is sent is of this moment. */
    Credentials of(Identity identity, ServerHttpRequest request, GatewayRoute route) {
        String assertion = IdentityHeaders.requireFit(HEADER, keys.sign(claims(identity, request, route)));
        return headers -> headers.set(HEADER, assertion);
    }

    private JWTClaimsSet claims(Identity identity, ServerHttpRequest request, GatewayRoute route) {
        Instant now = clock.instant();
        JWTClaimsSet.Builder claims = new JWTClaimsSet.Builder();
        // Configuration cannot name one of those that follow; they would win.
        route.relay()
                .assertionClaims()
                .forEach(name -> IdentityClaims.find(identity, name).ifPresent(value -> claims.claim(name, value)));
        return claims.issuer(publicUrl.origin())
                .audience(route.id())
                .subject(identity.subject())
                .claim("htm", request.getMethod().name())
                .claim("htu", publicUrl.resolve(request.getURI().getRawPath()))
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(LIFETIME)))
                .jwtID(id())
                .build();
    }

    private String id() {
        byte[] id = new byte[ID_BYTES];
        random.nextBytes(id);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(id);
    }
}
