package io.gatehouse.emulator.discovery;

import io.gatehouse.emulator.http.Handler;
import io.gatehouse.emulator.http.Reply;
import io.gatehouse.emulator.http.Request;
import io.gatehouse.emulator.http.Response;
import io.gatehouse.emulator.keys.SigningKeys;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * Logto's metadata, word for word but for the base URL and the signing algorithm, which follows the current key. They
 * announce more than Logto does: {@code client_secret_jwt}, for one, is refused.
 */
public final class DiscoveryEndpoint implements Handler {

    private static final String DOCUMENT = load();

    private final String issuer;
    private final SigningKeys keys;

    public DiscoveryEndpoint(String issuer, SigningKeys keys) {
        this.issuer = issuer;
        this.keys = keys;
    }

    @Override
    public Reply handle(Request request) {
        String document = DOCUMENT.replace("{issuer}", issuer)
                .replace("{algorithm}", keys.algorithm().getName());
        return Response.of(200, "application/json; charset=utf-8", document);
    }

    private static String load() {
        try (InputStream in = DiscoveryEndpoint.class.getResourceAsStream("openid-configuration.json")) {
            if (in == null) {
                throw new IllegalStateException("the jar lacks its metadata document");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
