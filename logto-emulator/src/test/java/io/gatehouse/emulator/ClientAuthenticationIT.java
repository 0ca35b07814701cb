package io.gatehouse.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.emulator.http.Json;
import io.gatehouse.emulator.http.Parameters;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ClientAuthenticationIT {

    @RegisterExtension
    static final RunningEmulator EMULATOR = new RunningEmulator();

    private final App app = EMULATOR.app();

    private static final String FORM = "application/x-www-form-urlencoded";

    @Test
    void secretWorksInTheHeaderFormEncoded() {
        assertThat(app.exchange(code()).status()).isEqualTo(200);
    }

    @Test
    void secretWorksInTheBody() {
        assertThat(anonymous("client_id", app.id(), "client_secret", app.secret())
                        .status())
                .isEqualTo(200);
    }

    @Test
    void bothAtOnceAreRefused() {
        var answer = app.exchange(code(), "client_secret", app.secret());

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text("error_description"))
                .isEqualTo("client authentication must only be provided using one mechanism");
    }

    @Test
    void clientIdInTheBodyBesidesTheHeaderIsFine() {
        assertThat(app.exchange(code(), "client_id", app.id()).status()).isEqualTo(200);
        assertThat(app.exchange(code(), "client_id", "another").text("error_description"))
                .isEqualTo("client_id mismatch");
    }

    @Test
    void bodyMayBeJson() {
        var body = Map.of("grant_type", "authorization_code", "code", code(), "redirect_uri", App.CALLBACK);

        assertThat(app.post("/oidc/token", Json.write(body), "application/json").status())
                .isEqualTo(200);
    }

    @Test
    void severalSecretsWorkAtOnceAndEachCanGo() {
        EMULATOR.control().put("/control/applications/bookstore-gateway/secrets/next", Map.of("value", "next-secret"));
        var next = new App(app.endpoint(), app.id(), "next-secret");

        assertThat(app.exchange(code()).status()).isEqualTo(200);
        assertThat(next.exchange(code()).status()).isEqualTo(200);

        EMULATOR.control().delete("/control/applications/bookstore-gateway/secrets/next");
        assertThat(next.exchange(code()).status()).isEqualTo(401);
    }

    @Test
    void wrongSecretDoesNotBurnTheCode() {
        String code = code();

        var refused = new App(app.endpoint(), app.id(), "wrong").exchange(code);

        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.text("code")).isEqualTo("oidc.invalid_client");
        assertThat(refused.text("error")).isEqualTo("invalid_client");
        assertThat(refused.header("www-authenticate")).startsWith("Basic realm=\"" + EMULATOR.issuer() + "\"");
        assertThat(app.exchange(code).status()).isEqualTo(200);
    }

    @Test
    void assertionsAreRefusedAlthoughAnnounced() {
        var answer = anonymous("client_id", app.id(), "client_assertion", "x.y.z");

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.text("error")).isEqualTo("invalid_client");
    }

    @Test
    void noAuthenticationAtAllIsInvalidRequest() {
        var answer = anonymous("nothing", "at all");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text("error_description")).isEqualTo("no client authentication mechanism provided");
    }

    private Answer anonymous(String... more) {
        var form = new LinkedHashMap<String, String>();
        form.put("grant_type", "authorization_code");
        form.put("code", code());
        form.put("redirect_uri", App.CALLBACK);
        for (int i = 0; i < more.length; i += 2) {
            form.put(more[i], more[i + 1]);
        }
        String body = Parameters.encode(form);
        return Answer.to(HttpRequest.newBuilder(URI.create(app.endpoint() + "/oidc/token"))
                .header("content-type", FORM)
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private String code() {
        return new Browser().signIn(app.request()).query("code");
    }
}
