package io.gatehouse.gateway.session;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * An access token for one API resource.
 *
 * @param value a JWT; never logged
 * @param scopes what the IdP granted, which may be less than was asked for
 * @param others what a later release has written, kept as it is
 */
public record AccessToken(
        @JsonProperty("value") String value,
        @JsonProperty("issued") Instant issuedAt,
        @JsonProperty("expires") Instant expiresAt,
        @JsonProperty("scopes") List<String> scopes,
        @JsonAnySetter @JsonAnyGetter Map<String, Object> others) {

    private static final int WEIGHT_OF_OBJECTS = 200;

    public AccessToken {
        Objects.requireNonNull(value);
        Objects.requireNonNull(issuedAt);
        Objects.requireNonNull(expiresAt);
        scopes = List.copyOf(scopes);
        others = SessionMeta.keepable(others);
    }

    public AccessToken(String value, Instant issuedAt, Instant expiresAt, List<String> scopes) {
        this(value, issuedAt, expiresAt, scopes, Map.of());
    }

    /** Roughly how many bytes of memory it takes. */
    int weight() {
        return value.length() + others.toString().length() + WEIGHT_OF_OBJECTS;
    }

    @Override
    public String toString() {
        return "AccessToken[expiresAt=" + expiresAt + ", scopes=" + scopes + "]";
    }
}
