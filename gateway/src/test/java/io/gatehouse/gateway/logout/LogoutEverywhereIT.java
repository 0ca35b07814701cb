package io.gatehouse.gateway.logout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gatehouse.gateway.fixture.BackChannel;
import io.gatehouse.gateway.fixture.Browser;
import io.gatehouse.gateway.fixture.Browser.Answer;
import io.gatehouse.gateway.fixture.EndlessUpstream;
import io.gatehouse.gateway.fixture.IdTokens;
import io.gatehouse.gateway.fixture.LiveClient;
import io.gatehouse.gateway.fixture.LivePage;
import io.gatehouse.gateway.fixture.LogtoEmulator;
import io.gatehouse.gateway.fixture.Stage;
import io.gatehouse.gateway.fixture.TestGateway;
import io.gatehouse.gateway.session.SessionEnds;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/**
 * A person with sessions in two browsers, each used on two replicas with a page open on both, and a bystander with the
 * same. Logto's logout token ends what it names within two seconds, and what only looks like one ends nothing.
 */
class LogoutEverywhereIT {

    private static final Duration AT_MOST = Duration.ofSeconds(2);

    @RegisterExtension
    static final EndlessUpstream UPSTREAM = new EndlessUpstream();

    @RegisterExtension
    static final Stage STAGE = new Stage(Map.of("gatehouse.routes[4].upstream", UPSTREAM.url()));

    private static final BackChannel LOGTO = new BackChannel(STAGE);

    private static TestGateway other;

    private final Browser browser = new Browser();
    private Session here;
    private Session elsewhere;
    private Session bystander;

    @BeforeAll
    static void startOther() {
        other = STAGE.gateway().replica();
        other.start();
    }

    @AfterAll
    static void stopOther() {
        other.stop();
    }

    @BeforeEach
    void openPages() throws Exception {
        STAGE.logto().control("POST", "applications", """
            {"id":"other","secret":"s","redirectUris":["http://localhost:1/callback"],
             "postLogoutRedirectUris":["http://localhost:1/"]}\
            """);
        here = Session.of(browser, "alice", "Wonderland-42!");
        elsewhere = Session.of(new Browser(), "alice", "Wonderland-42!");
        bystander = Session.of(new Browser(), "bob", "Builder-42!!");
        // Nobody's, to be sent again; and the first of all loads what the others find.
        accept("'sub':'nobody','claims':{'jti':'used'}");
    }

    /** A gateway that stops waits for what is open. */
    @AfterEach
    void closePages() {
        STAGE.gateway().bean(SessionEnds.class).endAll().block();
        await().until(() -> Stream.of(here, elsewhere, bystander).allMatch(session -> session.page.isEnded()));
    }

    @Test
    void logoutOfThePersonEndsAllOfTheirsAndForgedOnesNothing() throws Exception {
        logtoNamesTheSession(false);
        List<String> stored = stored();

        everythingButALogoutToken();
        assertThat(stored()).isEqualTo(stored);
        verifyUntouched(here, elsewhere, bystander);

        verifyEnded(signOutOfAnotherApplication(), here, elsewhere);
        verifyUntouched(bystander);
    }

    @Test
    void logoutOfOneSessionAtLogtoEndsThatOneAlone() throws Exception {
        logtoNamesTheSession(true);

        verifyEnded(signOutOfAnotherApplication(), here);

        verifyUntouched(elsewhere, bystander);
    }

    private static void logtoNamesTheSession(boolean names) {
        STAGE.logto()
                .control(
                        "PATCH",
                        "applications/" + LogtoEmulator.APP_ID,
                        "{\"backchannelLogoutSessionRequired\":" + names + "}");
    }

    private static void everythingButALogoutToken() {
        String subject = "'sub':'" + LOGTO.subject("alice") + "'";
        String session = subject + ",'sid':'" + LOGTO.sid("alice") + "'";
        Stream<String> used = Stream.of("'claims':{'jti':'used'}");
        Stream.concat(BackChannel.FLAWS.stream(), used)
                .forEach(flaw -> List.of(subject, session).forEach(name -> refuse(name + "," + flaw)));
        Stream<String> idToken = Stream.of("logout_token=" + IdTokens.issuedBy(STAGE.logto()));
        Stream.concat(BackChannel.FORMS_WITHOUT_TOKEN.stream(), idToken).forEach(LogoutEverywhereIT::refuseForm);
    }

    private static void accept(String members) {
        assertThat(LOGTO.send(members).path("status").asInt()).isEqualTo(200);
    }

    private static void refuse(String members) {
        JsonNode answer = LOGTO.send(members);
        assertThat(answer.path("status").asInt()).as(members).isEqualTo(400);
        assertThat(answer.path("cacheControl").asString()).as(members).isEqualTo("no-store");
    }

    private static void refuseForm(String form) {
        Answer answer = LOGTO.post(BackChannel.FORM, form);
        assertThat(answer.status()).as(form).isEqualTo(400);
        assertThat(answer.header("Cache-Control")).as(form).contains("no-store");
    }

    /** The emulator tells the gateway before it answers the browser. */
    private Runnable signOutOfAnotherApplication() {
        Answer confirmation = browser.open(STAGE.logto().issuer()
                + "/session/end?client_id=other&post_logout_redirect_uri=http%3A%2F%2Flocalhost%3A1%2F");
        return () -> browser.followUntil(confirmation, uri -> uri.getPort() == 1);
    }

    private static void verifyEnded(Runnable logout, Session... sessions) throws Exception {
        long begun = System.nanoTime();
        logout.run();
        await().pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(5))
                .atMost(AT_MOST)
                .until(() -> Stream.of(sessions).allMatch(session -> session.page.isEnded()));
        Duration took = Duration.ofNanos(System.nanoTime() - begun);
        System.out.println("back-channel logout ended the pages of " + sessions.length + " sessions in " + took);
        assertThat(took).isLessThanOrEqualTo(AT_MOST);
        for (Session session : sessions) {
            session.page.verifyEnded();
            assertThat(session.statuses()).containsOnly(401);
        }
    }

    private static void verifyUntouched(Session... sessions) throws InterruptedException {
        for (Session session : sessions) {
            session.page.verifyUntouched();
            assertThat(session.statuses()).containsOnly(200);
        }
    }

    /** Everything in Redis, in an order of its own. */
    private static List<String> stored() {
        return STAGE.redis().contents().stream()
                .map(bytes -> new String(bytes, StandardCharsets.ISO_8859_1))
                .sorted()
                .toList();
    }

    /** One browser's session, with a page open on both replicas. */
    private record Session(String cookie, LivePage page) {

        static Session of(Browser browser, String user, String password) throws Exception {
            STAGE.signIn(browser, user, password);
            String cookie = browser.cookies().get("gatehouse");
            LivePage page = new LivePage(
                    new LiveClient(STAGE.url(""), cookie), new LiveClient(other.url(), STAGE.url(""), cookie));
            return new Session(cookie, page);
        }

        /** How each replica answers the next request. */
        List<Integer> statuses() {
            return Stream.of(STAGE.url(""), other.url())
                    .map(replica -> new Browser().with("gatehouse", cookie).fetch("GET", replica + "/x/delay/0"))
                    .map(Answer::status)
                    .toList();
        }
    }
}
