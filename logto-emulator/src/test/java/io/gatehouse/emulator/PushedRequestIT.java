package io.gatehouse.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PushedRequestIT {

    @RegisterExtension
    static final RunningEmulator EMULATOR = new RunningEmulator();

    private final App app = EMULATOR.app();
    private final Browser browser = new Browser();

    @Test
    void pushedRequestIsGoodForSixtySeconds() {
        var answer = push(app.request());

        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.json().path("expires_in").asInt()).isEqualTo(60);
        assertThat(answer.text("request_uri")).startsWith("urn:ietf:params:oauth:request_uri:");
        EMULATOR.advance(Duration.ofSeconds(61));
        assertThat(open(answer).answer().text("error")).isEqualTo("invalid_request_uri");
    }

    @Test
    void browserOnlyRefersToIt() {
        var page = browser.signIn(url(push(app.request().with("state", "pushed"))));

        assertThat(page.query("state")).isEqualTo("pushed");
        assertThat(app.exchange(page.query("code")).status()).isEqualTo(200);
    }

    @Test
    void itIsGoodForOneResponse() {
        var pushed = push(app.request());
        browser.signIn(url(pushed));

        assertThat(open(pushed).answer().text("error")).isEqualTo("invalid_request_uri");
    }

    @Test
    void logtosOwnParametersWorkInsideIt() {
        var pushed = push(app.request().with("direct_sign_in", "sso:" + EMULATOR.connector()));

        assertThat(open(pushed).location()).startsWith("/direct/sso/");
    }

    @Test
    void badRedirectUriIsInvalidRequest() {
        var answer = push(app.request().with("redirect_uri", "https://x.test/"));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text("error")).isEqualTo("invalid_request");
    }

    @Test
    void clientHasToAuthenticate() {
        var anonymous = new App(EMULATOR.endpoint(), "bookstore-gateway", "wrong");

        assertThat(anonymous.post("/oidc/request", app.request().query(), FORM).status())
                .isEqualTo(401);
    }

    private static final String FORM = "application/x-www-form-urlencoded";

    private Answer push(AuthorizationUrl request) {
        return app.post("/oidc/request", request.query(), FORM);
    }

    private Browser.Page open(Answer pushed) {
        return browser.step(url(pushed));
    }

    private AuthorizationUrl url(Answer pushed) {
        return new AuthorizationUrl(
                EMULATOR.endpoint(),
                Map.of("client_id", List.of(app.id()), "request_uri", List.of(pushed.text("request_uri"))));
    }
}
