package io.gatehouse.emulator.control;

import io.gatehouse.emulator.http.Json;
import io.gatehouse.emulator.keys.Signature;
import io.gatehouse.emulator.keys.SigningKeys;
import io.gatehouse.emulator.session.Identifiers;
import io.gatehouse.emulator.wire.Edit;
import io.gatehouse.emulator.wire.Effect;
import io.gatehouse.emulator.wire.Endpoint;
import io.gatehouse.emulator.wire.Fault;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads a fault from JSON; the vocabulary is in the README. */
final class FaultReader {

    private static final int FOR_EVER = -1;

    private final SigningKeys keys;
    private final Identifiers identifiers;

    FaultReader(SigningKeys keys, Identifiers identifiers) {
        this.keys = keys;
        this.identifiers = identifiers;
    }

    Fault read(Body body) {
        String endpoint = body.text("endpoint");
        var description = new LinkedHashMap<String, Object>();
        Json.members(body.object()).forEach((name, value) -> description.put(name, String.valueOf(value)));
        return new Fault(
                identifiers.shortId(),
                Endpoint.of(endpoint).orElseThrow(() -> new BadRequest("there is no endpoint " + endpoint)),
                body.textOr("grantType", ""),
                effect(body),
                body.numberOr("count", FOR_EVER),
                description);
    }

    private Effect effect(Body body) {
        return switch (body.text("kind")) {
            case "latency" -> new Effect.Latency(body.duration("delay"));
            case "latency-after" -> new Effect.LatencyAfter(body.duration("delay"));
            case "status" -> status(body);
            case "reset" -> new Effect.Reset();
            case "lost-response" -> new Effect.LostResponse();
            case "duplicate-delivery" -> new Effect.DuplicateDelivery();
            case "oauth-error" -> oauthError(body);
            case "response-parameter" -> new Effect.ResponseParameter(body.text("name"), parameterEdit(body));
            case "response-field" -> new Effect.ResponseField(body.text("name"), edit(body));
            case "id-token-claim" -> new Effect.IdTokenClaim(body.text("name"), edit(body));
            case "id-token-signature" -> new Effect.IdTokenSignature(signature(body.text("signature")));
            case "opaque-access-token" -> new Effect.OpaqueAccessToken();
            case "stale-keys" -> new Effect.StaleKeys(keys.published().toString());
            default -> throw new BadRequest("there is no kind " + body.text("kind"));
        };
    }

    private static Effect status(Body body) {
        return new Effect.Status(
                body.numberOr("status", 503),
                body.textOr("contentType", "text/plain"),
                body.textOr("body", ""),
                headers(body));
    }

    private static Effect oauthError(Body body) {
        return new Effect.OAuthError(
                body.numberOr("status", 400), body.text("error"), body.textOr("description", "on purpose"));
    }

    static Signature signature(String label) {
        return Signature.of(label).orElseThrow(() -> new BadRequest("there is no signature " + label));
    }

    private static Map<String, String> headers(Body body) {
        var headers = new LinkedHashMap<String, String>();
        if (body.has("headers")) {
            body.member("headers")
                    .properties()
                    .forEach(it -> headers.put(it.getKey(), it.getValue().asString()));
        }
        return headers;
    }

    /** {@code edit} is {@code remove}, {@code replace}, {@code duplicate} or {@code shift}. */
    private static Edit edit(Body body) {
        return switch (body.text("edit")) {
            case "remove" -> new Edit.Remove();
            case "replace" -> new Edit.Replace(body.value("value"));
            case "duplicate" -> new Edit.Duplicate(body.value("value"));
            case "shift" -> new Edit.Shift(body.duration("by"));
            default -> throw new BadRequest("there is no edit " + body.text("edit"));
        };
    }

    private static Edit parameterEdit(Body body) {
        Edit edit = edit(body);
        if (edit instanceof Edit.Shift) {
            throw new BadRequest("a parameter is text and cannot be shifted");
        }
        return edit;
    }
}
