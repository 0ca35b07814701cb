package io.gatehouse.emulator.control;

import io.gatehouse.emulator.http.Reply;
import io.gatehouse.emulator.http.Request;
import io.gatehouse.emulator.http.Response;
import io.gatehouse.emulator.http.Routes;
import io.gatehouse.emulator.keys.SigningKeys;
import io.gatehouse.emulator.logout.BackChannelLogout;
import io.gatehouse.emulator.logout.LogoutTokens;
import io.gatehouse.emulator.session.Tenant;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Sends logout tokens of the test's own making, right or wrong, to a receiver on this machine. */
final class LogoutTokenControl {

    private final Tenant tenant;
    private final SigningKeys keys;
    private final BackChannelLogout backChannel;

    LogoutTokenControl(Tenant tenant, SigningKeys keys, BackChannelLogout backChannel) {
        this.tenant = tenant;
        this.keys = keys;
        this.backChannel = backChannel;
    }

    void addTo(Routes routes) {
        routes.post("/control/logout-tokens", this::send);
    }

    private Reply send(Request request) {
        Body body = Body.of(request);
        String address = loopback(body.text("url"));
        ChosenToken token = ChosenToken.of(body, keys, LogoutTokens.TYPE, claims(body));
        try {
            var answer = backChannel.post(address, token.value());
            var view = new LinkedHashMap<String, @Nullable Object>();
            view.put("status", answer.statusCode());
            view.put(
                    "cacheControl", answer.headers().firstValue("cache-control").orElse(null));
            view.put("body", answer.body());
            view.put("jti", token.claims().get("jti"));
            return Response.json(200, view);
        } catch (IOException e) {
            throw new BadRequest("nobody answered at " + address);
        }
    }

    private Map<String, @Nullable Object> claims(Body body) {
        String clientId = body.textOr(
                "clientId",
                tenant.directory().applications().all().stream()
                        .findFirst()
                        .orElseThrow()
                        .id());
        return new LogoutTokens(tenant).claims(body.nullableOr("sub", null), body.nullableOr("sid", null), clientId);
    }

    /** Forged tokens stay at home. */
    private static String loopback(String url) {
        try {
            if (InetAddress.getByName(URI.create(url).getHost()).isLoopbackAddress()) {
                return url;
            }
        } catch (UnknownHostException | IllegalArgumentException _) {
            // no usable host: refused below
        }
        throw new BadRequest("url must be on loopback");
    }
}
