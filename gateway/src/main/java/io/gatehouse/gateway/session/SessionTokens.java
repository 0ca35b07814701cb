package io.gatehouse.gateway.session;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The tokens of a session.
 *
 * @param refreshToken null if the IdP issued none
 * @param idToken the newest one as it came
 * @param access access tokens by API resource; one for an organization has a blank and its id behind the resource
 * @param resources the API resources this sign-in asked for; no other can be had without asking again
 * @param others what a later release has written, kept as it is
 */
public record SessionTokens(
        @JsonProperty("refresh") @Nullable String refreshToken,
        @JsonProperty("id") @Nullable String idToken,
        @JsonProperty("access") Map<String, AccessToken> access,
        @JsonProperty("resources") Set<String> resources,
        @JsonAnySetter @JsonAnyGetter Map<String, Object> others) {

    public SessionTokens {
        access = Map.copyOf(access);
        resources = Set.copyOf(resources);
        others = SessionMeta.keepable(others);
    }

    public SessionTokens(
            @Nullable String refreshToken,
            @Nullable String idToken,
            Map<String, AccessToken> access,
            Set<String> resources) {
        this(refreshToken, idToken, access, resources, Map.of());
    }

    /** The access token of this name, expired or not. Empty if none has been needed yet. */
    public Optional<AccessToken> access(String name) {
        return Optional.ofNullable(access.get(name));
    }

    /** Roughly how many bytes of memory they take. */
    int weight() {
        return length(refreshToken)
                + length(idToken)
                + others.toString().length()
                + access.values().stream().mapToInt(AccessToken::weight).sum();
    }

    private static int length(@Nullable String text) {
        return text == null ? 0 : text.length();
    }

    /** These tokens with one more access token, or a newer one of the same name. */
    public SessionTokens with(String name, AccessToken token) {
        var tokens = new TreeMap<>(access);
        tokens.put(name, token);
        return new SessionTokens(refreshToken, idToken, tokens, resources, others);
    }

    /**
     * These tokens with the refresh token of a token response.
     *
     * @param rotated null if the response had none: then the old one stays valid (RFC 6749, section 6)
     */
    public SessionTokens rotated(@Nullable String rotated) {
        return rotated == null ? this : new SessionTokens(rotated, idToken, access, resources, others);
    }

    /** These tokens with a newer ID token. */
    public SessionTokens identifiedBy(String newer) {
        return new SessionTokens(refreshToken, newer, access, resources, others);
    }

    @Override
    public String toString() {
        return "SessionTokens[resources=" + resources + "]";
    }
}
