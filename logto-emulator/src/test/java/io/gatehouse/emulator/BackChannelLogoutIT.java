package io.gatehouse.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.emulator.http.Parameters;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class BackChannelLogoutIT {

    @RegisterExtension
    static final RunningEmulator EMULATOR = new RunningEmulator();

    private final App app = EMULATOR.app();
    private final Browser browser = new Browser();

    @Test
    void logoutTokenHasLogtosShape() {
        try (var receiver = receiver(200, Duration.ZERO)) {
            var idToken = Tokens.claims(
                    app.tokens(browser, app.request()).path("id_token").asString());

            signOut();

            var sent = receiver.next();
            String token = logoutToken(sent);
            assertThat(sent.header("Content-type")).isEqualTo("application/x-www-form-urlencoded");
            assertThat(sent.header("User-agent")).isEmpty();
            assertThat(Tokens.header(token).path("typ").asString()).isEqualTo("logout+jwt");
            assertThat(Tokens.isVerifiable(
                            token, Answer.get(EMULATOR.issuer() + "/jwks").body()))
                    .isTrue();
            var claims = Tokens.claims(token);
            assertThat(claims.propertyNames())
                    .containsExactly("sub", "events", "jti", "sid", "aud", "exp", "iat", "iss");
            assertThat(claims.path("sub")).isEqualTo(idToken.path("sub"));
            assertThat(claims.path("sid")).isEqualTo(idToken.path("sid"));
            assertThat(claims.path("exp").asLong() - claims.path("iat").asLong())
                    .isEqualTo(120);
            assertThat(claims.path("events").toString())
                    .isEqualTo("{\"http://schemas.openid.net/event/backchannel-logout\":{}}");
        }
    }

    @Test
    void sidIsLeftOutWhereTheSessionIsNotRequired() {
        try (var receiver = receiver(200, Duration.ZERO)) {
            EMULATOR.control().application(Map.of("backchannelLogoutSessionRequired", false));
            browser.signIn(app.request());

            signOut();

            assertThat(Tokens.claims(logoutToken(receiver.next())).has("sid")).isFalse();
        }
    }

    @Test
    void everyApplicationOfTheSessionIsToldOnceWhoeverLogsOut() {
        try (var receiver = receiver(200, Duration.ZERO)) {
            var other = otherApplication(receiver);
            browser.signIn(app.request());
            browser.open(app.request());
            browser.open(other.request());

            signOut();

            var audiences = List.of(logoutToken(receiver.next()), logoutToken(receiver.next())).stream()
                    .map(it -> Tokens.claims(it).path("aud").asString())
                    .toList();
            assertThat(audiences).containsExactlyInAnyOrder(app.id(), "other");
            assertThat(receiver.count()).isZero();
        }
    }

    @Test
    void switchingTheUserTellsAboutTheOldOne() {
        try (var receiver = receiver(200, Duration.ZERO)) {
            browser.signIn(app.request());

            var page = browser.signIn(app.request().with("prompt", "login"), "bob", "Builder-42!!");

            assertThat(Tokens.claims(logoutToken(receiver.next())).path("sub").asString())
                    .isEqualTo("9xdtcxqv0uke");
            assertThat(Tokens.claims(app.exchange(page.query("code")).text("id_token"))
                            .path("username")
                            .asString())
                    .isEqualTo("bob");
        }
    }

    @Test
    void signingInAgainAsTheSameUserTellsNobody() {
        try (var receiver = receiver(200, Duration.ZERO)) {
            browser.signIn(app.request());

            browser.signIn(app.request().with("prompt", "login"));

            assertThat(receiver.count()).isZero();
        }
    }

    @Test
    void hangingReceiverDelaysTheLogoutByTwoAndAHalfSeconds() {
        try (var receiver = receiver(200, Duration.ofSeconds(10))) {
            browser.signIn(app.request());
            long start = System.nanoTime();

            var page = signOut();

            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .isBetween(Duration.ofMillis(2400), Duration.ofMillis(4500));
            assertThat(page.isAtApplication()).isTrue();
            receiver.next();
        }
    }

    @Test
    void failingReceiverIsNotTriedAgainAndBlocksNobody() {
        try (var receiver = receiver(500, Duration.ZERO)) {
            browser.signIn(app.request());

            assertThat(signOut().isAtApplication()).isTrue();

            receiver.next();
            assertThat(receiver.count()).isZero();
        }
    }

    @Test
    void adminsChangesTellNobody() {
        try (var receiver = receiver(200, Duration.ZERO)) {
            browser.signIn(app.request());
            String session = EMULATOR.control()
                    .get("/control/users/alice/sessions")
                    .json()
                    .at("/sessions/0/payload/uid")
                    .asString();

            EMULATOR.control().patch("/control/users/alice", Map.of("password", "Another-One-1"));
            EMULATOR.control().delete("/control/users/alice/sessions/" + session + "?revokeGrantsTarget=all");
            EMULATOR.control().patch("/control/users/alice/is-suspended", Map.of("isSuspended", true));
            EMULATOR.control().delete("/control/users/alice");

            assertThat(receiver.count()).isZero();
        }
    }

    @Test
    void protectionAgainstPrivateAddressesRefusesInSilence() {
        try (var own = RunningEmulator.start("--ssrf-protection=true");
                var receiver = new Receiver()) {
            var application = new App(own.endpoint(), app.id(), RunningEmulator.SECRET);
            new Control(own.endpoint()).application(Map.of("backchannelLogoutUri", receiver.url()));
            browser.signIn(application.request());

            var page = browser.open(own.endpoint() + "/oidc/session/end?client_id=" + app.id());

            assertThat(page.answer().status()).isEqualTo(200);
            assertThat(receiver.count()).isZero();
        }
    }

    @Test
    void chosenTokensCanBeSentToAReceiver() {
        try (var receiver = new Receiver()) {
            send(receiver, Map.of("sub", "someone", "claims", Map.of("jti", "replayed", "nonce", "n")));
            var forged = Tokens.claims(logoutToken(receiver.next()));
            assertThat(forged.path("jti").asString()).isEqualTo("replayed");
            assertThat(forged.path("nonce").asString()).isEqualTo("n");
            assertThat(forged.path("aud").asString()).isEqualTo(app.id());

            send(receiver, Map.of("sub", "someone", "signature", "none", "remove", List.of("events")));
            String unsigned = logoutToken(receiver.next());
            assertThat(Tokens.header(unsigned).path("alg").asString()).isEqualTo("none");
            assertThat(Tokens.claims(unsigned).has("events")).isFalse();

            var answer = send(receiver, Map.of("sid", "session", "typ", "JWT"));
            String typed = logoutToken(receiver.next());
            assertThat(Tokens.header(typed).path("typ").asString()).isEqualTo("JWT");
            assertThat(Tokens.claims(typed).has("sub")).isFalse();
            assertThat(answer.json().path("status").asInt()).isEqualTo(200);
        }
    }

    @Test
    void chosenTokensStayOnThisMachine() {
        var answer = EMULATOR.control()
                .send("POST", "/control/logout-tokens", Map.of("url", "http://192.0.2.1/", "sub", "x"));

        assertThat(answer.status()).isEqualTo(400);
    }

    private static Answer send(Receiver receiver, Map<String, Object> token) {
        var body = new HashMap<>(token);
        body.put("url", receiver.url());
        return EMULATOR.control().post("/control/logout-tokens", body);
    }

    private static Receiver receiver(int status, Duration delay) {
        var receiver = new Receiver(status, delay);
        EMULATOR.control().application(Map.of("backchannelLogoutUri", receiver.url()));
        return receiver;
    }

    private App otherApplication(Receiver receiver) {
        EMULATOR.control()
                .post(
                        "/control/applications",
                        Map.of(
                                "id",
                                "other",
                                "secret",
                                "s",
                                "redirectUris",
                                List.of(App.CALLBACK),
                                "backchannelLogoutUri",
                                receiver.url()));
        return new App(app.endpoint(), "other", "s");
    }

    private Browser.Page signOut() {
        return browser.open(EMULATOR.issuer() + "/session/end?client_id=" + app.id() + "&post_logout_redirect_uri="
                + Parameters.encode(App.HOME));
    }

    private static String logoutToken(Receiver.Received received) {
        return Parameters.parse(received.body()).first("logout_token").orElseThrow();
    }
}
