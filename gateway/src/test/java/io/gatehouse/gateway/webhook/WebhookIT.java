package io.gatehouse.gateway.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.gateway.fixture.Browser;
import io.gatehouse.gateway.fixture.Browser.Answer;
import io.gatehouse.gateway.fixture.Stage;
import io.gatehouse.gateway.fixture.Upstream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookIT {

    private static final String OLD_KEY = "signing-key-of-last-year-0123456";
    private static final String NEW_KEY = "signing-key-of-this-year-0123456";

    @RegisterExtension
    static final Stage STAGE = new Stage(Map.of("gatehouse.logto.webhook-signing-keys", OLD_KEY + "," + NEW_KEY));

    private final Browser browser = new Browser();

    @ParameterizedTest
    @ValueSource(strings = {OLD_KEY, NEW_KEY})
    void whoIsSuspendedIsSignedOut(String key) {
        register(key);
        STAGE.signInAsAlice(browser);

        STAGE.logto().control("PATCH", "users/alice/is-suspended", "{\"isSuspended\":true}");

        Awaitility.await().until(() -> !isSignedIn(browser));
    }

    @Test
    void whoIsDeletedIsSignedOutAndNobodyElse() {
        Browser ofBob = new Browser();
        register(NEW_KEY);
        STAGE.signInAsAlice(browser);
        STAGE.signIn(ofBob, "bob", "Builder-42!!");

        STAGE.logto().control("DELETE", "users/alice", "");

        Awaitility.await().until(() -> !isSignedIn(browser));
        assertThat(isSignedIn(ofBob)).isTrue();
    }

    @Test
    void whatARoleGivesCountsFromTheNextRequestOn() {
        register(NEW_KEY);
        STAGE.signInAsAlice(browser);
        String before = relayed();
        STAGE.advance(Duration.ofSeconds(10));

        STAGE.logto()
                .control("PUT", "roles/bookseller", "{\"scopes\":{\"https://api.bookstore.local\":[\"read:books\"]}}");

        Awaitility.await().until(() -> !relayed().equals(before));
        assertThat(scopes(before)).contains("read:books", "write:books");
        assertThat(scopes(relayed())).contains("read:books").doesNotContain("write:books");
        assertThat(isSignedIn(browser)).isTrue();
    }

    @Test
    void memberWhoLeavesGetsNewTokensAndStaysSignedIn() {
        register(NEW_KEY);
        STAGE.signInAsAlice(browser);
        String before = relayed();
        STAGE.advance(Duration.ofSeconds(10));

        STAGE.logto().control("DELETE", "organizations/acmebooks001/users/alice", "");

        Awaitility.await().until(() -> !relayed().equals(before));
        assertThat(isSignedIn(browser)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "0000000000000000000000000000000000000000000000000000000000000000",
                "00000000000000000000000000000000000000000000000000000000000000000000",
            })
    void whatLogtoHasNotSignedIsRefusedAndDoesNothing(String signature) {
        STAGE.signInAsAlice(browser);

        Answer answer = post(deletion("alice", Duration.ZERO), signature);

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.header("Cache-Control")).contains("no-store");
        assertThat(answer.body()).contains("signature-invalid").doesNotContain("signInUrl");
        assertThat(answer.header("WWW-Authenticate")).isPresent();
        assertThat(isSignedIn(browser)).isTrue();
    }

    @Test
    void signatureOfAnotherBodyOrKeyIsNone() {
        STAGE.signInAsAlice(browser);
        String body = deletion("alice", Duration.ZERO);

        assertThat(post(body, signature(NEW_KEY, body + " ")).status()).isEqualTo(401);
        assertThat(post(body, signature("signing-key-of-a-stranger-012345", body))
                        .status())
                .isEqualTo(401);
        assertThat(isSignedIn(browser)).isTrue();
    }

    @Test
    void withoutSignatureNothingIsRead() {
        Answer answer = browser.send("POST", STAGE.url("/auth/webhooks/logto"), "{}", Map.of());

        assertThat(answer.status()).isEqualTo(401);
    }

    @Test
    void webhookIsCarriedOutOnce() {
        String body = deletion("alice", Duration.ZERO);
        assertThat(post(body).status()).isEqualTo(200);
        STAGE.advance(Duration.ofSeconds(1));
        STAGE.signInAsAlice(browser);

        Answer again = post(body);

        assertThat(again.status()).isEqualTo(200);
        assertThat(isSignedIn(browser)).isTrue();
    }

    @Test
    void webhookIsGoodForAnotherAttemptWhenRedisWasDown() {
        String body = deletion("alice", Duration.ZERO);
        STAGE.signInAsAlice(browser);
        STAGE.redis().pause();
        try {
            Answer answer = post(body);
            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.header("Retry-After")).isPresent();
        } finally {
            STAGE.redis().resume();
        }

        assertThat(post(body).status()).isEqualTo(200);
        assertThat(isSignedIn(browser)).isFalse();
    }

    /** Logto tries again by itself after an answer of 5xx. */
    @Test
    void suspensionThatFindsRedisDownIsNotLost() {
        register(NEW_KEY);
        STAGE.signInAsAlice(browser);
        STAGE.redis().pause();
        try {
            STAGE.logto().control("PATCH", "users/alice/is-suspended", "{\"isSuspended\":true}");
            Awaitility.await().pollDelay(Duration.ofMillis(1500)).until(() -> true);
        } finally {
            STAGE.redis().resume();
        }

        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> !isSignedIn(browser));
    }

    @ParameterizedTest
    @ValueSource(longs = {-61, 61})
    void webhookOfAnotherHourIsRefused(long minutes) {
        STAGE.signInAsAlice(browser);

        Answer answer = post(deletion("alice", Duration.ofMinutes(minutes)));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(isSignedIn(browser)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "[]", "text", "{\"event\":\"User.Deleted\"}"})
    void whatIsNoWebhookIsABadRequest(String body) {
        assertThat(post(body).status()).isEqualTo(400);
    }

    @Test
    void whatIsLargerThanAnyWebhookIsRefused() {
        assertThat(post("x".repeat(600_000)).status()).isEqualTo(413);
        assertThat(post("x".repeat(600_000), "none").status()).isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PostSignIn", "User.Created", "Some.Thing.New"})
    void eventThatDoesNotMatterIsTaken(String event) {
        STAGE.signInAsAlice(browser);

        assertThat(post(body(event, Duration.ZERO, "\"userId\":\"9xdtcxqv0uke\""))
                        .status())
                .isEqualTo(200);
        assertThat(isSignedIn(browser)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "PUT", "DELETE"})
    void otherMethodsAreNotAllowed(String method) {
        assertThat(browser.send(method, STAGE.url("/auth/webhooks/logto"), "", Map.of())
                        .status())
                .isEqualTo(405);
    }

    private static void register(String key) {
        STAGE.logto().control("POST", "webhooks", """
            {"url":"URL","signingKey":"KEY","events":["User.SuspensionStatus.Updated","User.Deleted",
             "Role.Scopes.Updated","Organization.Membership.Updated"]}\
            """.replace("URL", STAGE.url("/auth/webhooks/logto"))
                .replace("KEY", key));
    }

    private Answer post(String body) {
        return post(body, signature(OLD_KEY, body));
    }

    private Answer post(String body, String signature) {
        return browser.send(
                "POST",
                STAGE.url("/auth/webhooks/logto"),
                body,
                Map.of("Content-Type", "application/json", "logto-signature-sha-256", signature));
    }

    private static String deletion(String user, Duration late) {
        String id = STAGE.logto().control("GET", "users/" + user, "").path("id").asString();
        return body("User.Deleted", late, "\"data\":{\"id\":\"" + id + "\"}");
    }

    private static String body(String event, Duration late, String members) {
        String createdAt = STAGE.gateway().clock().instant().plus(late).toString();
        return "{\"event\":\"" + event + "\",\"createdAt\":\"" + createdAt + "\"," + members + "}";
    }

    private static String signature(String key, String body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(body.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** The access token that the next request is relayed with. */
    private String relayed() {
        STAGE.upstream().forget();
        browser.fetch("GET", STAGE.url("/api/books"));
        Upstream.Received received = STAGE.upstream().single();
        return received.headers().get("Authorization").substring("Bearer ".length());
    }

    private static String scopes(String accessToken) {
        byte[] claims = Base64.getUrlDecoder().decode(accessToken.split("\\.")[1]);
        return new String(claims, StandardCharsets.UTF_8);
    }

    private static boolean isSignedIn(Browser browser) {
        return browser.fetch("GET", STAGE.url("/auth/session")).body().contains("\"signedIn\":true");
    }
}
