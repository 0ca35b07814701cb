package io.gatehouse.gateway.session;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Who signed in, as the ID token says. The pair of issuer and subject identifies a person; an e-mail address never
 * does.
 *
 * @param issuer the IdP
 * @param subject the IdP's name for the person, unique within the issuer
 * @param sid the IdP's session id; null if the IdP does not tell
 * @param claims all claims of the ID token as they came, JSON types only
 * @param asOf when the IdP was asked for them; null if that was at sign-in
 * @param others what a later release has written, kept as it is
 */
public record Identity(
        @JsonProperty("iss") String issuer,
        @JsonProperty("sub") String subject,
        @JsonProperty("sid") @Nullable String sid,
        @JsonProperty("claims") Map<String, Object> claims,

        @JsonProperty("asOf") @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
        Instant asOf,

        @JsonAnySetter @JsonAnyGetter Map<String, Object> others) {

    private static final List<String> OF_THE_SIGN_IN = List.of("auth_time", "acr", "amr");

    public Identity {
        Objects.requireNonNull(issuer);
        Objects.requireNonNull(subject);
        Objects.requireNonNull(claims);
        others = SessionMeta.keepable(others);
    }

    public Identity(String issuer, String subject, @Nullable String sid, Map<String, Object> claims) {
        this(issuer, subject, sid, claims, null, Map.of());
    }

    /**
     * The same person, with what a later ID token says about them. The {@code sid} is what the session is found by, and
     * how they signed in a later token need not repeat (OpenID Connect Core 1.0, section 12.2).
     */
    public Identity with(Map<String, Object> newer, Instant asOf) {
        Map<String, Object> all = new TreeMap<>(newer);
        OF_THE_SIGN_IN.stream().filter(claims::containsKey).forEach(claim -> all.putIfAbsent(claim, claims.get(claim)));
        return new Identity(issuer, subject, sid, all, asOf, others);
    }

    /** How long the IdP vouches for the claims. Empty if it does not say. */
    public Optional<Duration> lifetime() {
        return claims.get("iat") instanceof Number from && claims.get("exp") instanceof Number to
                ? Optional.of(Duration.ofSeconds(to.longValue() - from.longValue()))
                : Optional.empty();
    }

    /** The claim if it is a text that says something; Logto sends null for what it does not know. */
    public Optional<String> text(String claim) {
        return claims.get(claim) instanceof String text && !text.isBlank() ? Optional.of(text) : Optional.empty();
    }

    /** The claim as a list of texts; empty if it is absent. */
    public List<String> texts(String claim) {
        return claims.get(claim) instanceof Collection<?> values
                ? values.stream().map(String::valueOf).toList()
                : List.of();
    }
}
