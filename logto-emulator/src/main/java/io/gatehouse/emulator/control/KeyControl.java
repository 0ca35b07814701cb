package io.gatehouse.emulator.control;

import com.nimbusds.jose.jwk.JWK;
import io.gatehouse.emulator.http.Reply;
import io.gatehouse.emulator.http.Request;
import io.gatehouse.emulator.http.Response;
import io.gatehouse.emulator.http.Routes;
import io.gatehouse.emulator.keys.KeyType;
import io.gatehouse.emulator.keys.SigningKeys;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The signing keys. */
final class KeyControl {

    private final SigningKeys keys;

    KeyControl(SigningKeys keys) {
        this.keys = keys;
    }

    void addTo(Routes routes) {
        routes.get("/control/keys", _ -> Response.json(200, view()))
                .post("/control/keys/rotate", this::rotate)
                .on("DELETE", "/control/keys/{kid}", this::delete);
    }

    private Reply rotate(Request request) {
        String type = Body.of(request).textOr("signingKeyAlgorithm", "EC");
        KeyType keyType = Arrays.stream(KeyType.values())
                .filter(it -> it.name().equals(type))
                .findFirst()
                .orElseThrow(() -> new BadRequest("signingKeyAlgorithm must be EC or RSA"));
        keys.rotate(keyType);
        return Response.json(200, view());
    }

    private Reply delete(Request request) {
        if (!keys.deletePrevious(request.pathVariable("kid"))) {
            throw new BadRequest("only a previous key can be deleted");
        }
        return Response.empty(204);
    }

    private List<Map<String, String>> view() {
        String current = keys.current().getKeyID();
        return keys.all().stream().map(it -> view(it, current)).toList();
    }

    private static Map<String, String> view(JWK key, String current) {
        var view = new LinkedHashMap<String, String>();
        view.put("id", key.getKeyID());
        view.put("signingKeyAlgorithm", key.getKeyType().getValue());
        view.put("status", key.getKeyID().equals(current) ? "Current" : "Previous");
        return view;
    }
}
