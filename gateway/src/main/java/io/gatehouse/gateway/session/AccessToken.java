package io.gatehouse.gateway.session;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * An access token for one API resource.
 *
 * @param value a JWT; never logged
 * @param scopes what the IdP granted, which may be less than was asked for
 */
public record AccessToken(
        @JsonProperty("value") String value,
        @JsonProperty("issued") Instant issuedAt,
        @JsonProperty("expires") Instant expiresAt,
        @JsonProperty("scopes") List<String> scopes) {

    private static final int WEIGHT_OF_OBJECTS = 200;

    public AccessToken {
        Objects.requireNonNull(value);
        Objects.requireNonNull(issuedAt);
        Objects.requireNonNull(expiresAt);
        scopes = List.copyOf(scopes);
    }

    /** Roughly how many bytes of memory it takes. */
    int weight() {
        return value.length() + WEIGHT_OF_OBJECTS;
    }

    @Override
    public String toString() {
        return "AccessToken[expiresAt=" + expiresAt + ", scopes=" + scopes + "]";
    }
}
