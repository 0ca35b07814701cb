package io.gatehouse.emulator.okta;

import io.gatehouse.emulator.directory.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Logto, as Okta knows it. */
public record OktaClient(String id, Secret secret, String redirectUri) {

    /** Whether this is the client's {@code Authorization} header. Logto does not form-encode the secret in it. */
    boolean isProvenBy(String header) {
        String expected =
                Base64.getEncoder().encodeToString((id + ":" + secret.value()).getBytes(StandardCharsets.UTF_8));
        return new Secret("Basic " + expected).matches(header);
    }
}
