package io.gatehouse.emulator.control;

import io.gatehouse.emulator.http.Json;
import io.gatehouse.emulator.keys.Forgery;
import io.gatehouse.emulator.keys.Jwt;
import io.gatehouse.emulator.keys.SigningKeys;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A token of the test's own making: a good one's claims, with {@code claims} laid over them and {@code remove} taken
 * out, under {@code typ} if that is named, and signed as {@code signature} says.
 */
record ChosenToken(Map<String, @Nullable Object> claims, String value) {

    static ChosenToken of(Body body, SigningKeys keys, String type, Map<String, @Nullable Object> good) {
        var claims = new LinkedHashMap<String, @Nullable Object>(good);
        if (body.has("claims")) {
            claims.putAll(Json.members(body.member("claims")));
        }
        body.listOr("remove", List.of()).forEach(claims::remove);
        return new ChosenToken(claims, sign(body, keys, body.nullableOr("typ", type), claims));
    }

    private static String sign(
            Body body, SigningKeys keys, @Nullable String type, Map<String, @Nullable Object> claims) {
        if (!body.has("signature")) {
            return Jwt.sign(keys.current(), type, claims);
        }
        return new Forgery(keys)
                .sign(FaultReader.signature(body.text("signature")), type, body.textOr("secret", ""), claims);
    }
}
