package io.gatehouse.gateway.ops;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.gateway.fixture.AuditTrail;
import io.gatehouse.gateway.fixture.Browser;
import io.gatehouse.gateway.fixture.Browser.Answer;
import io.gatehouse.gateway.fixture.Stage;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SessionAdministrationIT {

    private static final String KEY = "an ops key of 32 characters or more".replace(' ', '-');

    @RegisterExtension
    static final Stage STAGE = new Stage(Map.of("gatehouse.ops.key", KEY));

    @RegisterExtension
    final AuditTrail audit = new AuditTrail();

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Browser operator = new Browser();
    private final Browser laptop = new Browser();
    private final Browser phone = new Browser();
    private final Browser bobs = new Browser();

    @Test
    void operatorSeesWhereAPersonIsSignedIn() {
        STAGE.signInAsAlice(laptop);
        STAGE.signInAsAlice(phone);
        STAGE.signIn(bobs, "bob", "Builder-42!!");

        Answer answer = ops("GET", "/sessions?subject=" + subject(laptop));

        JsonNode sessions = JSON.readTree(answer.body()).path("sessions");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Cache-Control")).contains("no-store");
        assertThat(sessions).hasSize(2);
        assertThat(sessions.get(0).propertyNames())
                .containsExactly("handle", "browser", "createdAt", "lastSeenAt", "endsAt");
        assertThat(audit.events("operator acted"))
                .singleElement()
                .asString()
                .startsWith("operator=\"ops key\" action=\"list\" target=\"subject=" + subject(laptop))
                .endsWith("sessions=\"2\"");
    }

    @Test
    void oneSessionEndsAndThatBrowserIsSignedOutAtItsNextRequest() {
        STAGE.signInAsAlice(laptop);
        STAGE.signInAsAlice(phone);
        String phones = handle(phone);

        Answer answer = ops("DELETE", "/sessions/" + phones);

        assertThat(answer.status()).isEqualTo(204);
        assertThat(answer.body()).isEmpty();
        assertThat(isSignedIn(phone)).isFalse();
        assertThat(isSignedIn(laptop)).isTrue();
        assertThat(ops("DELETE", "/sessions/" + phones).status()).isEqualTo(404);
        assertThat(audit.events("operator acted"))
                .containsExactly(
                        "operator=\"ops key\" action=\"end\" target=\"handle=" + phones + "\" sessions=\"1\"",
                        "operator=\"ops key\" action=\"end\" target=\"handle=" + phones + "\" sessions=\"0\"");
    }

    @Test
    void allSessionsOfAPersonEndAndNobodyElses() {
        STAGE.signInAsAlice(laptop);
        STAGE.signInAsAlice(phone);
        STAGE.signIn(bobs, "bob", "Builder-42!!");
        String user = "/sessions?issuer=" + STAGE.logto().issuer() + "&subject=" + subject(laptop);

        assertThat(ops("DELETE", user).body()).isEqualTo("{\"ended\":2}");

        assertThat(isSignedIn(laptop) || isSignedIn(phone)).isFalse();
        assertThat(isSignedIn(bobs)).isTrue();
        assertThat(ops("DELETE", user).body()).isEqualTo("{\"ended\":0}");
    }

    @Test
    void sameSubjectOfAnotherIdpIsSomebodyElse() {
        STAGE.signInAsAlice(laptop);
        String other = "/sessions?issuer=https://other.example&subject=" + subject(laptop);

        assertThat(ops("GET", other).body()).isEqualTo("{\"sessions\":[]}");
        assertThat(ops("DELETE", other).body()).isEqualTo("{\"ended\":0}");
        assertThat(isSignedIn(laptop)).isTrue();
    }

    @Test
    void everybodyCanBeSignedOutAtOnce() {
        STAGE.signInAsAlice(laptop);
        STAGE.signIn(bobs, "bob", "Builder-42!!");

        assertThat(ops("DELETE", "/sessions?all=true").body()).isEqualTo("{\"ended\":2}");

        assertThat(isSignedIn(laptop) || isSignedIn(bobs)).isFalse();
        assertThat(audit.events("operator acted"))
                .containsExactly("operator=\"ops key\" action=\"end\" target=\"all\" sessions=\"2\"");
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /sessions, subject is missing",
        "GET, /sessions?all=true, all is not a parameter here",
        "DELETE, /sessions, subject is missing",
        "DELETE, /sessions?all=yes, all can only be true",
        "DELETE, /sessions?all=true&subject=x, subject is not a parameter here",
        "DELETE, /sessions/x?all=true, all is not a parameter here"
    })
    void whatIsNotClearEndsNothingAndSaysWhy(String method, String target, String reason) {
        STAGE.signInAsAlice(laptop);

        Answer answer = ops(method, target);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.header("Content-Type")).contains("application/problem+json");
        assertThat(answer.header("Cache-Control")).contains("no-store");
        assertThat(answer.body())
                .contains("\"type\":\"urn:gatehouse:problem:invalid-request\"", "\"status\":400")
                .contains("\"detail\":\"" + reason);
        assertThat(isSignedIn(laptop)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"POST, /sessions?all=true, 'GET,DELETE'", "GET, /sessions/x, DELETE"})
    void whatIsNotDoneByThisMethodSaysByWhichItIs(String method, String target, String allowed) {
        Answer answer = ops(method, target);

        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.header("Allow").orElseThrow().split(",")).containsExactlyInAnyOrder(allowed.split(","));
        assertThat(answer.body()).contains("method-not-allowed");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Bearer ",
                "Bearer wrong",
                "Basic " + "an-ops-key-of-32-characters-or-more",
                "an-ops-key-of-32-characters-or-more"
            })
    void withoutTheKeyNothingIsToldAndNothingEnds(String authorization) {
        STAGE.signInAsAlice(laptop);

        for (String method : List.of("GET", "DELETE")) {
            Answer answer = send(method, "/sessions?subject=" + subject(laptop), authorization);

            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.header("WWW-Authenticate"))
                    .hasValueSatisfying(it -> assertThat(it).startsWith("Bearer"));
            assertThat(answer.header("Content-Type")).contains("application/problem+json");
            assertThat(answer.body()).contains("operator-unknown").doesNotContain("handle");
        }
        assertThat(isSignedIn(laptop)).isTrue();
        assertThat(audit.events("operator refused")).hasSize(2);
    }

    @Test
    void probesNeedNoKey() {
        assertThat(send("GET", "/livez", "").status()).isEqualTo(200);
        assertThat(send("GET", "/readyz", "").status()).isEqualTo(200);
    }

    @Test
    void keyIsWorthNothingOnThePublicPort() {
        var headers = Map.of("Accept", "application/json", "Authorization", "Bearer " + KEY);

        assertThat(operator.send("DELETE", STAGE.url("/sessions?all=true"), "", headers)
                        .status())
                .isEqualTo(401);
    }

    @Test
    void redisThatIsDownEndsNothingAndSaysWhenToTryAgain() {
        STAGE.signInAsAlice(laptop);
        String user = "/sessions?subject=" + subject(laptop);
        STAGE.redis().pause();
        try {
            for (Answer answer : List.of(ops("GET", user), ops("DELETE", user), ops("DELETE", "/sessions/x"))) {
                assertThat(answer.status()).isEqualTo(503);
                assertThat(answer.header("Retry-After")).contains("5");
                assertThat(answer.body()).contains("session-store-unavailable");
            }
        } finally {
            STAGE.redis().resume();
        }

        assertThat(audit.events("operator failed")).hasSize(3);
    }

    private Answer ops(String method, String target) {
        return send(method, target, "Bearer " + KEY);
    }

    private Answer send(String method, String target, String authorization) {
        Map<String, String> headers = authorization.isEmpty() ? Map.of() : Map.of("Authorization", authorization);
        return operator.send(method, STAGE.gateway().ops() + target, "", headers);
    }

    private static boolean isSignedIn(Browser browser) {
        return browser.fetch("GET", STAGE.url("/books")).status() == 200;
    }

    private static String subject(Browser browser) {
        return JSON.readTree(browser.fetch("GET", STAGE.url("/auth/session")).body())
                .path("subject")
                .asString();
    }

    private static String handle(Browser browser) {
        return JSON.readTree(browser.fetch("GET", STAGE.url("/auth/sessions")).body())
                .path("sessions")
                .get(0)
                .path("handle")
                .asString();
    }
}
