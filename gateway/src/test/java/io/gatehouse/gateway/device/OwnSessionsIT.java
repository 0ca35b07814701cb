package io.gatehouse.gateway.device;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.gateway.fixture.AuditTrail;
import io.gatehouse.gateway.fixture.Browser;
import io.gatehouse.gateway.fixture.Browser.Answer;
import io.gatehouse.gateway.fixture.Stage;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class OwnSessionsIT {

    @RegisterExtension
    static final Stage STAGE = new Stage();

    @RegisterExtension
    final AuditTrail audit = new AuditTrail();

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String SESSIONS = "/auth/sessions";
    private static final String END = "/auth/sessions/end";

    private final Browser laptop = new Browser();
    private final Browser phone = new Browser();
    private final Browser bobs = new Browser();

    @Test
    void pageShowsThisDeviceFirstAndHowLongAgoTheOthersWereUsed() {
        STAGE.signInAsAlice(laptop);
        STAGE.advance(Duration.ofMinutes(5));
        STAGE.signInAsAlice(phone);

        Answer answer = phone.open(STAGE.url(SESSIONS));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Cache-Control")).contains("no-store");
        assertThat(answer.header("Content-Language")).contains("en");
        assertThat(answer.body())
                .containsSubsequence("This device", "just now", ">now<", "href=\"/auth/sign-out\"")
                .containsSubsequence(
                        "This device", "Another browser", "5 minutes ago", " UTC</time>", "name=\"handle\"")
                .contains("name=\"others\" value=\"true\"");
    }

    @Test
    void personWhoIsSignedInNowhereElseHasNothingToEnd() {
        STAGE.signInAsAlice(laptop);

        assertThat(laptop.open(STAGE.url(SESSIONS)).body())
                .contains("This device")
                .doesNotContain("<form");
    }

    @Test
    void pageSpeaksTheLanguageOfItsReader() {
        STAGE.signInAsAlice(laptop);
        STAGE.advance(Duration.ofMinutes(5));
        var navigation = Map.of("Accept", "text/html", "Accept-Language", "zh-CN,zh;q=0.9,en;q=0.8");

        Answer answer = laptop.send("GET", STAGE.url(SESSIONS), "", navigation);

        assertThat(answer.header("Content-Language")).contains("zh");
        assertThat(answer.header("Vary")).contains("Accept-Language");
        assertThat(answer.body()).contains("<html lang=\"zh\">", "已登录的设备", "当前设备", "5 分钟前");
    }

    @Test
    void scriptGetsTheSameAsJson() {
        STAGE.signInAsAlice(laptop);
        STAGE.signInAsAlice(phone);

        JsonNode first = sessions(laptop).get(0);

        assertThat(sessions(laptop)).hasSize(2);
        assertThat(first.propertyNames())
                .containsExactly("handle", "browser", "createdAt", "lastSeenAt", "endsAt", "current");
        assertThat(first.path("current").asBoolean()).isTrue();
        assertThat(first.path("createdAt").asString()).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ");
        assertThat(sessions(phone).get(0).path("handle"))
                .isEqualTo(sessions(laptop).get(1).path("handle"));
    }

    @Test
    void programThatIsNoBrowserGetsJsonIfItAsksForIt() {
        STAGE.signInAsAlice(laptop);

        Answer answer = laptop.send("GET", STAGE.url(SESSIONS), "", Map.of("Accept", "application/json"));

        assertThat(answer.header("Content-Type")).contains("application/json");
    }

    @Test
    void whoeverIsNotSignedInSignsInFirst() {
        assertThat(laptop.open(STAGE.url(SESSIONS)).location().toString())
                .startsWith(STAGE.logto().issuer() + "/auth?");
        assertThat(laptop.fetch("GET", STAGE.url(SESSIONS)).status()).isEqualTo(401);
        assertThat(laptop.fetch("GET", STAGE.url(SESSIONS)).header("Content-Type"))
                .contains("application/problem+json");
        assertThat(post(laptop, "others=true").status()).isEqualTo(401);
    }

    @Test
    void signInLeadsBackToThePage() {
        Answer callback = laptop.signIn(laptop.open(STAGE.url(SESSIONS)), "alice", "Wonderland-42!");

        assertThat(laptop.open(callback.location().toString()).location()).hasToString(STAGE.url(SESSIONS));
    }

    @Test
    void endedSessionIsSignedOutAtItsNextRequestAndTheOthersAreNot() {
        STAGE.signInAsAlice(laptop);
        STAGE.signInAsAlice(phone);

        Answer answer = laptop.submit(STAGE.url(END), Map.of("handle", otherHandle(laptop)));

        assertThat(answer.status()).isEqualTo(303);
        assertThat(answer.location()).hasToString(STAGE.url(SESSIONS));
        assertThat(phone.fetch("GET", STAGE.url("/books")).status()).isEqualTo(401);
        assertThat(laptop.fetch("GET", STAGE.url("/books")).status()).isEqualTo(200);
        assertThat(sessions(laptop)).hasSize(1);
        assertThat(audit.events("session ended"))
                .singleElement()
                .asString()
                .contains("reason=\"ended-by-user\"", "grantRevoked=\"false\"", "subject=\"");
        assertThat(STAGE.logto().calls("revocation")).isZero();
    }

    @Test
    void allOthersEndTogetherAndThisDeviceStays() {
        Stream.generate(Browser::new).limit(2).forEach(STAGE::signInAsAlice);
        STAGE.signInAsAlice(laptop);
        STAGE.signIn(bobs, "bob", "Builder-42!!");

        Answer answer = post(laptop, "others=true");

        assertThat(answer.body()).isEqualTo("{\"ended\":2}");
        assertThat(sessions(laptop)).hasSize(1);
        assertThat(bobs.fetch("GET", STAGE.url("/books")).status()).isEqualTo(200);
        assertThat(audit.events("session ended")).hasSize(2);
    }

    @Test
    void nobodyEndsTheSessionOfSomebodyElse() {
        STAGE.signInAsAlice(laptop);
        STAGE.signIn(bobs, "bob", "Builder-42!!");
        String alices = sessions(laptop).get(0).path("handle").asString();

        Answer form = bobs.submit(STAGE.url(END), Map.of("handle", alices));
        Answer script = post(bobs, "handle=" + alices);

        assertThat(form.status()).isEqualTo(script.status()).isEqualTo(404);
        assertThat(form.body()).contains("There is no such session", "href=\"/auth/sessions\"");
        assertThat(script.body()).contains("session-unknown");
        assertThat(laptop.fetch("GET", STAGE.url("/books")).status()).isEqualTo(200);
        assertThat(audit.events("session ended")).isEmpty();
    }

    @Test
    void sessionThatHasEndedAlreadyIsUnknown() {
        STAGE.signInAsAlice(laptop);
        STAGE.signInAsAlice(phone);
        String phones = otherHandle(laptop);
        phone.submit(STAGE.url("/auth/sign-out"), Map.of());

        assertThat(post(laptop, "handle=" + phones).status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "handle", "others=yes", "others=true&others=true", "handle=a&others=true", "what=x"})
    void whatCannotBeUnderstoodEndsNothing(String form) {
        STAGE.signInAsAlice(laptop);
        STAGE.signInAsAlice(phone);

        assertThat(post(laptop, form).status()).isBetween(400, 404);
        assertThat(phone.fetch("GET", STAGE.url("/books")).status()).isEqualTo(200);
    }

    @Test
    void thisDeviceIsLeftBySigningOut() {
        STAGE.signInAsAlice(laptop);
        String own = sessions(laptop).get(0).path("handle").asString();

        assertThat(post(laptop, "handle=" + own).status()).isEqualTo(400);
        assertThat(laptop.fetch("GET", STAGE.url("/books")).status()).isEqualTo(200);
    }

    @Test
    void formOfAPersonWhoWasSignedOutMeanwhileSaysSo() {
        Answer answer = laptop.submit(STAGE.url(END), Map.of("others", "true"));

        assertThat(answer.status()).isEqualTo(303);
        assertThat(answer.location()).hasToString(STAGE.url("/auth/signed-out"));
    }

    @Test
    void formThatIsTooLongIsRefused() {
        STAGE.signInAsAlice(laptop);

        assertThat(post(laptop, "handle=" + "a".repeat(300_000)).status()).isEqualTo(413);
    }

    @ParameterizedTest
    @CsvSource({"cross-site, https://evil.example", "same-site, https://other.example", ", https://evil.example"})
    void anotherSiteCannotEndAnything(String site, String origin) {
        STAGE.signInAsAlice(laptop);
        STAGE.signInAsAlice(phone);
        Map<String, String> headers = new TreeMap<>(
                Map.of("Accept", "text/html", "Content-Type", "application/x-www-form-urlencoded", "Origin", origin));
        if (site != null) {
            headers.put("Sec-Fetch-Site", site);
        }

        Answer answer = laptop.send("POST", STAGE.url(END), "others=true", headers);

        assertThat(answer.status()).isEqualTo(403);
        assertThat(phone.fetch("GET", STAGE.url("/books")).status()).isEqualTo(200);
    }

    @Test
    void redisThatIsDownEndsNothingAndSaysWhenToTryAgain() {
        STAGE.signInAsAlice(laptop);
        STAGE.signInAsAlice(phone);
        STAGE.redis().pause();
        try {
            for (Answer answer : List.of(laptop.open(STAGE.url(SESSIONS)), post(laptop, "others=true"))) {
                assertThat(answer.status()).isEqualTo(503);
                assertThat(answer.header("Retry-After")).contains("5");
            }
        } finally {
            STAGE.redis().resume();
        }

        assertThat(audit.events("session ended")).isEmpty();
    }

    private static JsonNode sessions(Browser browser) {
        return JSON.readTree(browser.fetch("GET", STAGE.url(SESSIONS)).body()).path("sessions");
    }

    private static String otherHandle(Browser browser) {
        return sessions(browser).get(1).path("handle").asString();
    }

    /** As a script of our own page does. */
    private static Answer post(Browser browser, String form) {
        Map<String, String> headers = Map.of(
                "Accept", "*/*",
                "Content-Type", "application/x-www-form-urlencoded",
                "Sec-Fetch-Site", "same-origin",
                "Sec-Fetch-Mode", "cors",
                "Sec-Fetch-Dest", "empty");
        return browser.send("POST", STAGE.url(END), form, headers);
    }
}
