package io.gatehouse.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.emulator.http.Parameters;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.node.ObjectNode;

class ProtocolFaultIT {

    @RegisterExtension
    static final RunningEmulator EMULATOR = new RunningEmulator();

    private final App app = EMULATOR.app();
    private final Browser browser = new Browser();

    private final Control control = EMULATOR.control();

    @Test
    void discoveryCanNameAnotherIssuer() {
        fault("discovery", "response-field", "issuer", "replace", "https://evil.test");

        assertThat(Answer.get(EMULATOR.issuer() + "/.well-known/openid-configuration")
                        .text("issuer"))
                .isEqualTo("https://evil.test");
    }

    @Test
    void issuerOfTheAuthorizationResponseCanBeWrongMissingOrDouble() {
        browser.signIn(app.request());

        once("authorize", "response-parameter", "iss", "replace", "https://evil.test");
        assertThat(parameters("iss")).containsExactly("https://evil.test");
        once("authorize", "response-parameter", "iss", "remove", "");
        assertThat(parameters("iss")).isEmpty();
        once("authorize", "response-parameter", "iss", "duplicate", "https://evil.test");
        assertThat(parameters("iss")).containsExactly(EMULATOR.issuer(), "https://evil.test");
    }

    @Test
    void stateOfTheAuthorizationResponseCanBeWrongOrMissing() {
        browser.signIn(app.request());

        once("authorize", "response-parameter", "state", "replace", "forged");
        assertThat(parameters("state")).containsExactly("forged");
        once("authorize", "response-parameter", "state", "remove", "");
        assertThat(parameters("state")).isEmpty();
    }

    @Test
    void keySetCanStayStaleAfterARotation() {
        control.fault(Map.of("endpoint", "jwks", "kind", "stale-keys"));
        control.post("/control/keys/rotate", Map.of());

        assertThat(Tokens.isVerifiable(idToken(), jwks())).isFalse();

        control.delete("/control/faults");
        assertThat(Tokens.isVerifiable(idToken(), jwks())).isTrue();
    }

    @Test
    void tokenResponseCanLackMembersAndSpellItsTypeDifferently() {
        fault("token", "response-field", "refresh_token", "remove", "");
        fault("token", "response-field", "expires_in", "remove", "");
        fault("token", "response-field", "token_type", "replace", "bEARER");

        ObjectNode tokens = app.tokens(browser, app.request().offline());

        assertThat(tokens.propertyNames()).containsExactly("access_token", "id_token", "scope", "token_type");
        assertThat(tokens.path("token_type").asString()).isEqualTo("bEARER");
    }

    @Test
    void accessTokenCanBeOpaqueAlthoughAResourceWasAsked() {
        control.fault(Map.of("endpoint", "token", "kind", "opaque-access-token"));

        var tokens = app.tokens(browser, app.request().books(), "resource", App.BOOKS);

        assertThat(tokens.path("access_token").asString()).hasSize(43);
    }

    @Test
    void userinfoCanBeAboutSomebodyElse() {
        String token = app.tokens(browser, app.request()).path("access_token").asString();
        fault("userinfo", "response-field", "sub", "replace", "somebody");

        assertThat(app.userInfo(token).text("sub")).isEqualTo("somebody");
    }

    private String idToken() {
        var page = browser.open(app.request());
        var answered = page.isAtApplication() ? page : browser.signIn(app.request());
        return app.exchange(answered.query("code")).text("id_token");
    }

    private List<String> parameters(String name) {
        String location = browser.step(app.request()).location();
        return Parameters.parse(URI.create(location).getRawQuery()).all(name);
    }

    private void fault(String endpoint, String kind, String name, String edit, String value) {
        control.fault(description(endpoint, kind, name, edit, value));
    }

    private void once(String endpoint, String kind, String name, String edit, String value) {
        var fault = new HashMap<>(description(endpoint, kind, name, edit, value));
        fault.put("count", 1);
        control.fault(fault);
    }

    private static Map<String, Object> description(
            String endpoint, String kind, String name, String edit, String value) {
        return Map.of("endpoint", endpoint, "kind", kind, "name", name, "edit", edit, "value", value);
    }

    private static String jwks() {
        return Answer.get(EMULATOR.issuer() + "/jwks").body();
    }
}
