package io.gatehouse.emulator.control;

import io.gatehouse.emulator.http.Reply;
import io.gatehouse.emulator.http.Request;
import io.gatehouse.emulator.http.Response;
import io.gatehouse.emulator.http.Routes;
import io.gatehouse.emulator.keys.SigningKeys;
import io.gatehouse.emulator.session.Lifetime;
import io.gatehouse.emulator.session.Tenant;
import io.gatehouse.emulator.token.AccessTokenClaims;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes JWT access tokens of the test's own, right or wrong, such as an API client would send. */
final class AccessTokenControl {

    private final Tenant tenant;
    private final SigningKeys keys;

    AccessTokenControl(Tenant tenant, SigningKeys keys) {
        this.tenant = tenant;
        this.keys = keys;
    }

    void addTo(Routes routes) {
        routes.post("/control/access-tokens", this::make);
    }

    private Reply make(Request request) {
        Body body = Body.of(request);
        ChosenToken token = ChosenToken.of(body, keys, AccessTokenClaims.TYPE, claims(body));
        return Response.json(201, Map.of("accessToken", token.value()));
    }

    private Map<String, @Nullable Object> claims(Body body) {
        return new AccessTokenClaims(tenant)
                .claims(
                        body.text("sub"),
                        body.textOr("clientId", "api-client"),
                        body.text("resource"),
                        body.setOr("scopes", Set.of()),
                        tenant.lifetimes().of(Lifetime.RESOURCE_ACCESS_TOKEN_LIFETIME));
    }
}
