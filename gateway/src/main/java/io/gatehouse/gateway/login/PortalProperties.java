package io.gatehouse.gateway.login;

import org.springframework.boot.context.properties.ConfigurationPropertiesSource;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * A place where sign-ins are started (OpenID Connect Core 1.0, section 4).
 *
 * @param issuer what the portal sends as {@code iss}, to the letter: for Okta its address, such as
 *     {@code https://acme.okta.com}
 * @param connector alias of the enterprise connector that leads there
 */
@ConfigurationPropertiesSource
public record PortalProperties(
        @DefaultValue("") String issuer, @DefaultValue("") String connector) {

    boolean isComplete() {
        return issuer.matches("https?://[^\\s?#]+") && !connector.isEmpty();
    }
}
