package io.gatehouse.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.UncheckedIOException;
import java.net.SocketException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class WireFaultIT {

    @RegisterExtension
    static final RunningEmulator EMULATOR = new RunningEmulator();

    private final App app = EMULATOR.app();
    private final Browser browser = new Browser();

    private final Control control = EMULATOR.control();

    @Test
    void latencyWaitsBeforeActing() {
        control.fault(Map.of("endpoint", "jwks", "kind", "latency", "delay", "300ms"));

        assertThat(time(EMULATOR.issuer() + "/jwks")).isGreaterThanOrEqualTo(Duration.ofMillis(300));
    }

    @Test
    void latencyAfterActsBeforeItWaits() throws Exception {
        String token = refreshToken();
        control.fault(Map.of("endpoint", "revocation", "kind", "latency-after", "delay", "1s"));

        var revocation = Thread.ofVirtual().start(() -> app.revoke(token));
        Thread.sleep(400);

        assertThat(app.refresh(token).text("error")).isEqualTo("invalid_grant");
        assertThat(revocation.isAlive()).isTrue();
        revocation.join();
    }

    @Test
    void statusAnswersWithoutActing() {
        String token = refreshToken();
        control.fault(Map.of(
                "endpoint",
                "revocation",
                "kind",
                "status",
                "status",
                503,
                "body",
                "down",
                "headers",
                Map.of("retry-after", "7")));

        var answer = app.revoke(token);

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.body()).isEqualTo("down");
        assertThat(answer.header("retry-after")).isEqualTo("7");
        assertThat(app.refresh(token).status()).isEqualTo(200);
    }

    @Test
    void resetTearsTheConnectionDownWithoutActing() {
        String token = refreshToken();
        control.fault(Map.of("endpoint", "revocation", "kind", "reset", "count", 1));

        assertReset(() -> app.revoke(token));

        assertThat(app.refresh(token).status()).isEqualTo(200);
    }

    @Test
    void lostResponseActsAndThenTearsTheConnectionDown() {
        String token = refreshToken();
        control.fault(Map.of("endpoint", "revocation", "kind", "lost-response", "count", 1));

        assertReset(() -> app.revoke(token));

        assertThat(app.refresh(token).text("error")).isEqualTo("invalid_grant");
    }

    @Test
    void duplicateDeliveryActsTwiceAndSendsTheSecondAnswer() {
        String token = refreshToken();
        control.delete("/control/calls");
        control.patch("/control/lifetimes", Map.of("rotation-threshold", 0, "reuse-interval", "0s"));
        control.fault(Map.of("endpoint", "token", "kind", "duplicate-delivery", "count", 1));

        assertThat(app.refresh(token).text("error")).isEqualTo("invalid_grant");

        assertThat(control.count("token:refresh_token")).isEqualTo(1);
    }

    @Test
    void oauthErrorRefusesWithAnyCodeAndStatus() {
        control.fault(Map.of(
                "endpoint",
                "token",
                "kind",
                "oauth-error",
                "status",
                429,
                "error",
                "slow_down",
                "description",
                "not so fast"));

        var answer = app.exchange("any");

        assertThat(answer.status()).isEqualTo(429);
        assertThat(answer.text("error")).isEqualTo("slow_down");
        assertThat(answer.text("error_description")).isEqualTo("not so fast");
    }

    @Test
    void oauthErrorAtTheAuthorizationEndpointTravelsInTheResponse() {
        control.fault(Map.of("endpoint", "authorize", "kind", "oauth-error", "error", "temporarily_unavailable"));

        var page = browser.step(app.request());

        assertThat(page.location()).startsWith(App.CALLBACK);
        assertThat(page.locationParameter("error")).isEqualTo("temporarily_unavailable");
        assertThat(page.locationParameter("state")).isEqualTo("the-state");
    }

    @Test
    void countLimitsHowOftenAFaultHappens() {
        control.fault(Map.of("endpoint", "jwks", "kind", "status", "status", 500, "count", 2));

        var statuses = List.of(jwks().status(), jwks().status(), jwks().status());

        assertThat(statuses).containsExactly(500, 500, 200);
    }

    @Test
    void grantTypeLimitsWhomAFaultConcerns() {
        String token = refreshToken();
        control.fault(Map.of("endpoint", "token", "grantType", "refresh_token", "kind", "status", "status", 502));

        assertThat(app.refresh(token).status()).isEqualTo(502);
        assertThat(app.exchange(browser.open(app.request()).query("code")).status())
                .isEqualTo(200);
    }

    @Test
    void faultsAreListedAndCleared() {
        control.fault(Map.of("endpoint", "jwks", "kind", "status", "status", 500));

        assertThat(control.get("/control/faults").tree().path(0).path("kind").asString())
                .isEqualTo("status");
        control.delete("/control/faults");

        assertThat(control.get("/control/faults").body()).isEqualTo("[]");
        assertThat(jwks().status()).isEqualTo(200);
    }

    @Test
    void unknownFaultsAreRefused() {
        for (var nonsense : List.of(
                Map.of("endpoint", "nowhere", "kind", "reset"),
                Map.of("endpoint", "token", "kind", "nonsense"),
                Map.of("endpoint", "token", "kind", "id-token-claim", "name", "iss", "edit", "nonsense"),
                Map.of("endpoint", "token", "kind", "id-token-signature", "signature", "nonsense"))) {
            assertThat(control.send("POST", "/control/faults", nonsense).status())
                    .isEqualTo(400);
        }
    }

    @Test
    void everyEndpointCanFail() {
        for (String endpoint : List.of(
                "discovery",
                "jwks",
                "authorize",
                "pushed-request",
                "token",
                "userinfo",
                "introspection",
                "revocation",
                "end-session")) {
            control.fault(Map.of("endpoint", endpoint, "kind", "status", "status", 599));
        }

        assertThat(Answer.get(EMULATOR.issuer() + "/.well-known/openid-configuration")
                        .status())
                .isEqualTo(599);
        assertThat(jwks().status()).isEqualTo(599);
        assertThat(browser.step(app.request()).answer().status()).isEqualTo(599);
        assertThat(app.post("/oidc/request", Map.of("a", "b")).status()).isEqualTo(599);
        assertThat(app.exchange("x").status()).isEqualTo(599);
        assertThat(app.userInfo("x").status()).isEqualTo(599);
        assertThat(app.introspect("x").status()).isEqualTo(599);
        assertThat(app.revoke("x").status()).isEqualTo(599);
        assertThat(Answer.get(EMULATOR.issuer() + "/session/end").status()).isEqualTo(599);
    }

    @Test
    void callsAreCountedWithTheNamesOfTheirParametersOnly() {
        String code = browser.signIn(app.request().books()).query("code");
        control.delete("/control/calls");

        app.exchange(code, "resource", App.BOOKS);
        app.refresh("nonsense", "organization_id", "acmebooks001");

        assertThat(control.count("token")).isEqualTo(2);
        assertThat(control.count("token:refresh_token")).isEqualTo(1);
        var calls = control.get("/control/calls");
        var exchange = calls.json().at("/calls/0");
        assertThat(exchange.path("grantType").asString()).isEqualTo("authorization_code");
        assertThat(exchange.path("resource").toString()).isEqualTo("[\"" + App.BOOKS + "\"]");
        assertThat(exchange.path("parameters").toString())
                .isEqualTo("[\"code\",\"grant_type\",\"redirect_uri\",\"resource\"]");
        assertThat(exchange.path("status").asInt()).isEqualTo(200);
        assertThat(calls.json().at("/calls/1/organizationId").asString()).isEqualTo("acmebooks001");
        assertThat(calls.json().at("/calls/1/status").asInt()).isEqualTo(400);
        assertThat(calls.body()).doesNotContain(code);
    }

    private static void assertReset(ThrowingCallable call) {
        assertThat(catchThrowable(call))
                .isInstanceOf(UncheckedIOException.class)
                .hasRootCauseInstanceOf(SocketException.class)
                .rootCause()
                .hasMessageContaining("reset");
    }

    private static Duration time(String url) {
        long start = System.nanoTime();
        Answer.get(url);
        return Duration.ofNanos(System.nanoTime() - start);
    }

    private static Answer jwks() {
        return Answer.get(EMULATOR.issuer() + "/jwks");
    }

    private String refreshToken() {
        return app.tokens(browser, app.request().offline())
                .path("refresh_token")
                .asString();
    }
}
