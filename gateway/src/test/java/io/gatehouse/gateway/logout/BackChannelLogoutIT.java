package io.gatehouse.gateway.logout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.gatehouse.gateway.fixture.BackChannel;
import io.gatehouse.gateway.fixture.Browser;
import io.gatehouse.gateway.fixture.Browser.Answer;
import io.gatehouse.gateway.fixture.IdTokens;
import io.gatehouse.gateway.fixture.Stage;
import io.gatehouse.gateway.fixture.Strangers;
import io.gatehouse.gateway.fixture.TokenHeader;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The cases of the OpenID conformance suite for back-channel logout, and what it leaves out. */
class BackChannelLogoutIT {

    @RegisterExtension
    static final Stage STAGE = new Stage();

    private static final BackChannel LOGTO = new BackChannel(STAGE);

    private static int leaps;

    private final Browser browser = new Browser();

    @Test
    void signOutFromAnotherApplicationEndsTheSessionHere() {
        STAGE.signInAsAlice(browser);
        STAGE.logto().control("POST", "applications", """
            {"id":"other","secret":"s","redirectUris":["http://localhost:1/callback"],
             "postLogoutRedirectUris":["http://localhost:1/"]}\
            """);

        Answer page = browser.open(STAGE.logto().issuer() + "/session/end?client_id=other&post_logout_redirect_uri="
                + encoded("http://localhost:1/"));
        browser.followUntil(page, uri -> uri.getPort() == 1);

        assertThat(isSignedIn(browser)).isFalse();
        assertThat(browser.fetch("GET", STAGE.url("/books")).status()).isEqualTo(401);
    }

    @Test
    void anotherPersonInTheSameBrowserEndsTheSessionOfTheFirst() {
        STAGE.signInAsAlice(browser);
        String ofAlice = browser.cookies().get("gatehouse");

        Answer toIdp = browser.open(STAGE.url("/auth/sign-in?prompt=login"));
        browser.signIn(toIdp, "bob", "Builder-42!!");

        assertThat(isSignedIn(new Browser().with("gatehouse", ofAlice))).isFalse();
    }

    @Test
    void sessionsOfThePersonEndEverywhere() {
        Browser another = new Browser();
        STAGE.signInAsAlice(browser);
        STAGE.signInAsAlice(another);

        JsonNode answer = LOGTO.send("'sub':'" + LOGTO.subject("alice") + "'");

        assertThat(answer.path("status").asInt()).isEqualTo(200);
        assertThat(answer.path("cacheControl").asString()).isEqualTo("no-store");
        assertThat(isSignedIn(browser)).isFalse();
        assertThat(isSignedIn(another)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "'sub':'9xdtcxqv0uke',"})
    void allSessionsOfOneSessionAtLogtoEndAndNoOther(String subject) {
        Browser another = new Browser();
        STAGE.signInAsAlice(browser);
        String first = browser.cookies().get("gatehouse");
        browser.open(browser.followUntil(
                        browser.open(STAGE.url("/auth/sign-in")),
                        uri -> uri.getPath().equals("/auth/callback"))
                .location()
                .toString());
        String sid = LOGTO.sid("alice");
        STAGE.signInAsAlice(another);

        assertThat(LOGTO.send(subject + "'sid':'" + sid + "'").path("status").asInt())
                .isEqualTo(200);

        assertThat(isSignedIn(browser)).isFalse();
        assertThat(isSignedIn(new Browser().with("gatehouse", first))).isFalse();
        assertThat(isSignedIn(another)).isTrue();
    }

    /** A token that names Alice and a session of Bob's must not be a way to sign Bob out. */
    @Test
    void sessionOfAnotherPersonStays() {
        Browser ofBob = new Browser();
        STAGE.signInAsAlice(browser);
        STAGE.signIn(ofBob, "bob", "Builder-42!!");

        JsonNode answer = LOGTO.send("'sub':'" + LOGTO.subject("alice") + "','sid':'" + LOGTO.sid("bob") + "'");

        assertThat(answer.path("status").asInt()).isEqualTo(200);
        assertThat(isSignedIn(ofBob)).isTrue();
        assertThat(isSignedIn(browser)).isTrue();
    }

    @Test
    void signOutOfAnUnknownSessionIsDone() {
        STAGE.signInAsAlice(browser);

        assertThat(LOGTO.send("'sid':'nobodys'").path("status").asInt()).isEqualTo(200);
        assertThat(LOGTO.send("'sub':'nobody','sid':'nobodys'").path("status").asInt())
                .isEqualTo(200);
        assertThat(isSignedIn(browser)).isTrue();
    }

    /** Nobody is kept from signing in again. */
    @Test
    void signInAfterwardsBeginsASessionThatStays() {
        STAGE.signInAsAlice(browser);
        LOGTO.send("'sub':'" + LOGTO.subject("alice") + "'");
        STAGE.advance(Duration.ofSeconds(1));
        Browser again = new Browser();

        STAGE.signInAsAlice(again);

        assertThat(isSignedIn(browser)).isFalse();
        assertThat(isSignedIn(again)).isTrue();
    }

    @ParameterizedTest
    @FieldSource("io.gatehouse.gateway.fixture.BackChannel#FLAWS")
    void tokenThatProvesNothingIsRefusedAndEndsNothing(String flaw) {
        STAGE.signInAsAlice(browser);

        JsonNode answer =
                LOGTO.send("'sub':'" + LOGTO.subject("alice") + "','sid':'" + LOGTO.sid("alice") + "'," + flaw);

        assertThat(answer.path("status").asInt()).isEqualTo(400);
        assertThat(answer.path("cacheControl").asString()).isEqualTo("no-store");
        assertThat(answer.path("body").asString()).contains("\"error\":\"invalid_request\"", "\"error_description\":");
        assertThat(isSignedIn(browser)).isTrue();
        assertThat(STAGE.redis().keys()).noneMatch(key -> key.contains(":once:logout:"));
    }

    @Test
    void idTokenIsNoLogoutToken() {
        STAGE.signInAsAlice(browser);

        Answer answer = LOGTO.post(BackChannel.FORM, "logout_token=" + IdTokens.issuedBy(STAGE.logto()));

        assertRefused(answer);
        assertThat(isSignedIn(browser)).isTrue();
    }

    @Test
    void tokenIsGoodForOneTime() {
        String token = "'sub':'" + LOGTO.subject("alice") + "','claims':{'jti':'once'}";
        STAGE.signInAsAlice(browser);
        assertThat(LOGTO.send(token).path("status").asInt()).isEqualTo(200);
        STAGE.advance(Duration.ofSeconds(1));
        Browser later = new Browser();
        STAGE.signInAsAlice(later);

        JsonNode again = LOGTO.send(token);

        assertThat(again.path("status").asInt()).isEqualTo(400);
        assertThat(isSignedIn(later)).isTrue();
    }

    @Test
    void keyNobodyKnowsMakesUsLookForItOnce() {
        forgetWhenKeysWereFetched();
        STAGE.signInAsAlice(browser);
        long before = STAGE.logto().calls("jwks");

        for (int i = 0; i < 5; i++) {
            LOGTO.send("'sub':'" + LOGTO.subject("alice") + "','signature':'unknown-kid'");
        }

        assertThat(STAGE.logto().calls("jwks")).isEqualTo(before + 1);
    }

    /** As many keys as there are tokens, from everywhere at once; and people who sign in do not notice. */
    @Test
    void r22ThousandUnknownKidsMakeUsFetchKeysOnceInHalfAMinute() throws Exception {
        forgetWhenKeysWereFetched();
        STAGE.signInAsAlice(browser);
        String token = LOGTO.formOf("'sub':'" + LOGTO.subject("alice") + "'").substring("logout_token=".length());
        long before = STAGE.logto().calls("jwks");

        for (int batch = 0; batch < 4; batch++) {
            Strangers.send(
                            250,
                            kid -> LOGTO.post(BackChannel.FORM, "logout_token=" + TokenHeader.withKid(token, kid))
                                    .status())
                    .forEach(status -> assertThat(status).isEqualTo(400));
            STAGE.advance(Duration.ofSeconds(15));
        }

        assertThat(STAGE.logto().calls("jwks") - before).isBetween(1L, 2L);
        assertThat(isSignedIn(browser)).isTrue();
    }

    /** Otherwise anybody could keep people from signing in after a rotation, with one request in half a minute. */
    @Test
    void strangersDoNotUseUpWhatASignInNeeds() {
        Browser another = new Browser();
        forgetWhenKeysWereFetched();
        STAGE.signInAsAlice(browser);
        LOGTO.send("'sub':'x','signature':'unknown-kid'");
        STAGE.logto().control("POST", "keys/rotate", "{\"signingKeyAlgorithm\":\"EC\"}");

        STAGE.signInAsAlice(another);

        assertThat(isSignedIn(another)).isTrue();
    }

    @Test
    void rotatedKeyIsFound() {
        forgetWhenKeysWereFetched();
        LOGTO.send("'sub':'nobody'");
        STAGE.logto().control("POST", "keys/rotate", "{\"signingKeyAlgorithm\":\"RSA\"}");

        assertThat(LOGTO.send("'sub':'nobody'").path("status").asInt()).isEqualTo(200);
    }

    @Test
    void keysThatCannotBeFetchedAreNoReasonToRefuse() {
        forgetWhenKeysWereFetched();
        LOGTO.send("'sub':'nobody'");
        STAGE.logto().fault("{\"endpoint\":\"jwks\",\"kind\":\"status\",\"status\":503}");

        JsonNode answer = LOGTO.send("'sub':'nobody','signature':'unknown-kid'");

        assertThat(answer.path("status").asInt()).isEqualTo(503);
        assertThat(answer.path("body").asString()).contains("provider-unavailable");
        assertThat(LOGTO.send("'sub':'nobody'").path("status").asInt()).isEqualTo(200);
    }

    @Test
    void tokenIsGoodForAnotherAttemptWhenRedisWasDown() {
        String token = "'sub':'" + LOGTO.subject("alice") + "','claims':{'jti':'again'}";
        STAGE.signInAsAlice(browser);
        STAGE.redis().pause();
        try {
            JsonNode answer = LOGTO.send(token);
            assertThat(answer.path("status").asInt()).isEqualTo(503);
            assertThat(answer.path("cacheControl").asString()).isEqualTo("no-store");
        } finally {
            STAGE.redis().resume();
        }

        assertThat(LOGTO.send(token).path("status").asInt()).isEqualTo(200);
        assertThat(isSignedIn(browser)).isFalse();
    }

    /** Logto waits for 2.5 s and never tries again. */
    @Test
    void signOutGoesOnWhenLogtoGivesUp() {
        STAGE.signInAsAlice(browser);
        String form = LOGTO.formOf("'sub':'" + LOGTO.subject("alice") + "'");

        STAGE.redis().pause();
        try {
            postAndGiveUp(form);
        } finally {
            STAGE.redis().resume();
        }

        Awaitility.await().until(() -> !isSignedIn(browser));
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "text/plain", "multipart/form-data; boundary=x", "nonsense", ""})
    void onlyAFormIsRead(String type) {
        assertRefused(LOGTO.post(type, "logout_token=a.b.c"));
    }

    @ParameterizedTest
    @FieldSource("io.gatehouse.gateway.fixture.BackChannel#FORMS_WITHOUT_TOKEN")
    void anythingButOneTokenIsRefused(String form) {
        assertRefused(LOGTO.post(BackChannel.FORM, form));
    }

    @Test
    void whatIsLargerThanAnyTokenIsRefused() {
        assertRefused(LOGTO.post(BackChannel.FORM, "logout_token=" + "a".repeat(17_000)));
        assertRefused(LOGTO.post(BackChannel.FORM, "logout_token=" + "a".repeat(2_000_000)));
    }

    @Test
    void nothingInTheAddressCounts() {
        assertRefused(browser.send(
                "POST",
                STAGE.url("/auth/backchannel-logout?logout_token=a.b.c"),
                "",
                Map.of("Content-Type", BackChannel.FORM)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "PUT", "DELETE", "OPTIONS"})
    void otherMethodsAreNotAllowed(String method) {
        Answer answer = browser.send(method, LOGTO.url(), "", Map.of());

        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.header("Allow")).contains("POST");
    }

    /** A server sends neither cookies nor Fetch Metadata; whoever does is served by the token alone. */
    @ParameterizedTest
    @ValueSource(strings = {"own", "planted", ""})
    void cookieAndOriginCountForNothing(String cookie) {
        Browser sender = new Browser();
        STAGE.signInAsAlice(browser);
        if (!cookie.isEmpty()) {
            sender.with("gatehouse", cookie.equals("own") ? browser.cookies().get("gatehouse") : cookie);
        }
        Map<String, String> headers = new TreeMap<>(Map.of(
                "Content-Type", BackChannel.FORM, "Origin", "https://evil.example", "Sec-Fetch-Site", "cross-site"));

        Answer answer = sender.send("POST", LOGTO.url(), "logout_token=a.b.c", headers);

        assertRefused(answer);
        assertThat(answer.headers().allValues("Set-Cookie")).isEmpty();
        assertThat(isSignedIn(browser)).isTrue();
    }

    private static void assertRefused(Answer answer) {
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.header("Cache-Control")).contains("no-store");
        assertThat(answer.header("Content-Type")).contains("application/json");
        assertThat(answer.body()).contains("\"error\":\"invalid_request\"", "\"error_description\":");
    }

    private static void postAndGiveUp(String form) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(LOGTO.url()))
                .header("Content-Type", BackChannel.FORM)
                .timeout(Duration.ofMillis(300))
                .POST(HttpRequest.BodyPublishers.ofString(form))
                .build();
        try (HttpClient impatient = HttpClient.newHttpClient()) {
            assertThatExceptionOfType(HttpTimeoutException.class)
                    .isThrownBy(() -> impatient.send(request, HttpResponse.BodyHandlers.discarding()));
        }
    }

    /**
     * The gateway outlives a test, and so does the time of its latest fetch; each call goes further than the last. What
     * ends that far ahead has to be nobody's.
     */
    private static void forgetWhenKeysWereFetched() {
        leaps++;
        STAGE.advance(Duration.ofMinutes(2).multipliedBy(leaps));
    }

    private static boolean isSignedIn(Browser browser) {
        return browser.fetch("GET", STAGE.url("/auth/session")).body().contains("\"signedIn\":true");
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
