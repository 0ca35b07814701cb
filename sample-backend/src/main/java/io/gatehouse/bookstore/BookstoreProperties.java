package io.gatehouse.bookstore;

import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.Pattern;
import java.net.URI;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.validation.annotation.Validated;

/**
 * What the Bookstore has to be told.
 *
 * @param issuer who signs the access tokens: exactly their {@code iss} claim
 * @param jwkSetUri where the issuer publishes its keys; without it, {@code /jwks} below the issuer
 * @param audience the API resource that the access tokens must be meant for: their {@code aud} claim
 * @param algorithms the signature algorithms that are accepted; a token signed with any other is refused
 * @param signInPath path under which the gateway in front serves sign-in and sign-out; only links on the pages use it
 */
@Validated
@ConfigurationProperties(prefix = "bookstore", ignoreUnknownFields = false)
public record BookstoreProperties(
        @NotBlank @DefaultValue("http://localhost:3001/oidc")
        String issuer,

        @Nullable URI jwkSetUri,

        @NotBlank @DefaultValue("https://api.bookstore.local")
        String audience,

        @NotEmpty @DefaultValue("ES384") Set<SignatureAlgorithm> algorithms,

        @Pattern(regexp = "(/[\\w.~-]+)+", message = "must be a path such as /auth, without a slash at its end")
        @DefaultValue("/auth")
        String signInPath) {

    /** The address of the issuer's keys, whether given or derived. */
    public String keys() {
        return jwkSetUri == null ? issuer + "/jwks" : jwkSetUri.toString();
    }

    @AssertTrue(message = "bookstore.issuer and bookstore.jwk-set-uri must be http or https addresses")
    boolean isKeysAnAddress() {
        return keys().matches("https?://[^\\s/]+/\\S*");
    }
}
