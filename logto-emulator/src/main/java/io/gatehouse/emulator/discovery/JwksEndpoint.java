package io.gatehouse.emulator.discovery;

import io.gatehouse.emulator.http.Handler;
import io.gatehouse.emulator.http.Reply;
import io.gatehouse.emulator.http.Request;
import io.gatehouse.emulator.http.Response;
import io.gatehouse.emulator.keys.SigningKeys;
import io.gatehouse.emulator.wire.Effect;
import io.gatehouse.emulator.wire.Endpoint;
import io.gatehouse.emulator.wire.Faults;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;

/** The public keys, always to be revalidated: {@code no-cache} with an {@code ETag}. */
public final class JwksEndpoint implements Handler {

    private final SigningKeys keys;
    private final Faults faults;

    public JwksEndpoint(SigningKeys keys, Faults faults) {
        this.keys = keys;
        this.faults = faults;
    }

    @Override
    public Reply handle(Request request) {
        List<Effect.StaleKeys> stale = faults.take(Endpoint.JWKS, "", Effect.StaleKeys.class);
        String body =
                stale.isEmpty() ? keys.published().toString() : stale.getFirst().keySet();
        String tag = tag(body);
        boolean unchanged = request.header("if-none-match").filter(tag::equals).isPresent();
        var response =
                unchanged ? Response.empty(304) : Response.of(200, "application/jwk-set+json; charset=utf-8", body);
        return response.with("cache-control", "no-cache, max-age=0, must-revalidate")
                .with("etag", tag);
    }

    private static String tag(String body) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-1").digest(body.getBytes(StandardCharsets.UTF_8));
            return "W/\"" + Base64.getEncoder().withoutPadding().encodeToString(digest) + "\"";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-1", e);
        }
    }
}
