package io.gatehouse.bookstore.access;

import com.nimbusds.jose.JOSEObject;
import com.nimbusds.jwt.JWTParser;
import java.text.ParseException;
import java.util.Map;
import java.util.Optional;
import org.springframework.http.HttpHeaders;

/** Reads the claims of a token as they were written, without any validation: for reports, never for decisions. */
public final class UnverifiedClaims {

    private static final String BEARER = "Bearer ";

    private UnverifiedClaims() {}

    /** The claims of the bearer token among the headers; empty without one that can be read. */
    public static Optional<Map<String, Object>> among(HttpHeaders headers) {
        return Optional.ofNullable(headers.getFirst(HttpHeaders.AUTHORIZATION))
                .filter(value -> value.regionMatches(true, 0, BEARER, 0, BEARER.length()))
                .flatMap(value -> of(value.substring(BEARER.length())));
    }

    /** The claims of the token; empty if it is not a JWT, or is encrypted. */
    public static Optional<Map<String, Object>> of(String token) {
        try {
            return Optional.of(JWTParser.parse(token))
                    .filter(JOSEObject.class::isInstance)
                    .map(JOSEObject.class::cast)
                    .map(JOSEObject::getPayload)
                    .map(payload -> payload.toJSONObject());
        } catch (ParseException | IllegalArgumentException unreadable) {
            return Optional.empty();
        }
    }
}
