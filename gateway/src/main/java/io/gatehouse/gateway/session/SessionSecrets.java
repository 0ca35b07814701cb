package io.gatehouse.gateway.session;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What only the browser's session id together with the server key opens.
 *
 * @param identity who signed in
 * @param organization the id of the organization the person has chosen to act for; null if they have not chosen
 * @param attributes what extensions keep in the {@code WebSession}; JSON types only
 * @param others what a later release has written, kept as it is
 */
public record SessionSecrets(
        @JsonProperty("identity") Identity identity,
        @JsonProperty("tokens") SessionTokens tokens,

        @JsonProperty("organization") @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
        String organization,

        @JsonProperty("attributes") Map<String, Object> attributes,
        @JsonAnySetter @JsonAnyGetter Map<String, Object> others) {

    public SessionSecrets {
        Objects.requireNonNull(identity);
        Objects.requireNonNull(tokens);
        Objects.requireNonNull(attributes);
        others = SessionMeta.keepable(others);
    }

    private static final int WEIGHT_OF_TEXT = 4;

    static SessionSecrets of(Identity identity, SessionTokens tokens) {
        return new SessionSecrets(identity, tokens, null, Map.of(), Map.of());
    }

    /** Roughly how many bytes of memory they take: short texts have much around them, tokens little. */
    int weight() {
        int texts = String.valueOf(identity.claims()).length()
                + identity.others().toString().length()
                + attributes.toString().length()
                + others.toString().length();
        return WEIGHT_OF_TEXT * texts + tokens.weight();
    }

    SessionSecrets with(Identity who, SessionTokens changed) {
        return new SessionSecrets(who, changed, organization, attributes, others);
    }

    SessionSecrets with(Map<String, Object> changed) {
        return new SessionSecrets(identity, tokens, organization, changed, others);
    }

    SessionSecrets in(String chosen) {
        return new SessionSecrets(identity, tokens, chosen, attributes, others);
    }
}
