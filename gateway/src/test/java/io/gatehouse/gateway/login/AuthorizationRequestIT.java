package io.gatehouse.gateway.login;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.gateway.fixture.Browser;
import io.gatehouse.gateway.fixture.Browser.Answer;
import io.gatehouse.gateway.fixture.LogtoEmulator;
import io.gatehouse.gateway.fixture.Stage;
import io.gatehouse.gateway.fixture.TestSessions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuthorizationRequestIT {

    @RegisterExtension
    static final Stage STAGE = new Stage(Map.of("gatehouse.connectors.okta", "acme-1"));

    private final Browser browser = new Browser();

    @Test
    void navigationWithoutSessionGoesStraightToLogtosAuthorizationEndpoint() {
        Answer answer = browser.open(STAGE.url("/books?sort=title"));

        assertThat(answer.status()).isEqualTo(302);
        assertThat(answer.location().toString()).startsWith(STAGE.logto().issuer() + "/auth?");
        assertThat(answer.locationParameters())
                .containsEntry("client_id", List.of(LogtoEmulator.APP_ID))
                .containsEntry("response_type", List.of("code"))
                .containsEntry("redirect_uri", List.of(STAGE.url("/auth/callback")))
                .containsEntry("code_challenge_method", List.of("S256"))
                .containsEntry("prompt", List.of("consent"))
                .containsEntry("resource", List.of(TestSessions.RESOURCE))
                .containsKeys("state", "nonce", "code_challenge");
        assertThat(STAGE.upstream().received()).isEmpty();
    }

    @Test
    void scopesAreThoseOfTheGatewayAndOfEveryRoute() {
        Answer answer = browser.open(STAGE.url("/books"));

        assertThat(answer.locationParameters().get("scope").getFirst().split(" "))
                .containsExactlyInAnyOrder(
                        "openid",
                        "profile",
                        "email",
                        "offline_access",
                        "roles",
                        "urn:logto:scope:organizations",
                        "read:books",
                        "write:books");
    }

    @Test
    void twoRequestsHaveNothingGuessableInCommon() {
        Map<String, List<String>> one = browser.open(STAGE.url("/books")).locationParameters();
        Map<String, List<String>> other = browser.open(STAGE.url("/books")).locationParameters();

        for (String parameter : List.of("state", "nonce", "code_challenge")) {
            assertThat(one.get(parameter)).isNotEqualTo(other.get(parameter));
        }
    }

    @Test
    void anonymousBrowserGetsOneCookieAndRedisNothing() {
        Answer answer = browser.open(STAGE.url("/books"));

        assertThat(answer.headers().allValues("Set-Cookie"))
                .singleElement()
                .asString()
                .startsWith("gatehouse-flow=")
                .containsIgnoringCase("; HttpOnly")
                .contains("; SameSite=Lax", "; Path=/", "; Max-Age=3600");
        assertThat(STAGE.redis().keys()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "GET, cors, empty",
        "POST, cors, empty",
        "GET, navigate, iframe",
        "POST, navigate, document",
        "DELETE, cors, empty"
    })
    void everythingElseIsToldWhereToSignInAndGetsNoRedirect(String method, String mode, String dest) {
        Answer answer = browser.send(
                method,
                STAGE.url("/books"),
                "",
                Map.of(
                        "Accept",
                        "text/html",
                        "Sec-Fetch-Site",
                        "same-origin",
                        "Sec-Fetch-Mode",
                        mode,
                        "Sec-Fetch-Dest",
                        dest));

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.header("Content-Type"))
                .hasValueSatisfying(it -> assertThat(it).startsWith("application/problem+json"));
        assertThat(answer.header("WWW-Authenticate")).isPresent();
        assertThat(answer.body())
                .contains("\"type\":", "\"title\":", "\"status\":401", "\"correlationId\":", "\"signInUrl\":");
        assertThat(browser.cookies()).isEmpty();
        assertThat(STAGE.upstream().received()).isEmpty();
    }

    @Test
    void headOfANavigationIsRedirectedToo() {
        Answer answer = browser.send("HEAD", STAGE.url("/books"), "", Map.of("Accept", "text/html"));

        assertThat(answer.status()).isEqualTo(302);
    }

    @ParameterizedTest
    @CsvSource({
        "first_screen=register, first_screen, register",
        "login_hint=joe%2Bx@acme.test, login_hint, joe+x@acme.test",
        "ui_locales=zh-CN, ui_locales, zh-CN",
        "organization=o1, organization_id, o1",
        "connector=okta, direct_sign_in, sso:acme-1",
        "connector=okta, prompt, login consent",
        "prompt=login, prompt, login consent",
        "prompt=consent, prompt, consent"
    })
    void parameterOfTheLinkBecomesOneOfLogto(String query, String name, String value) {
        Answer answer = browser.open(STAGE.url("/auth/sign-in?" + query));

        assertThat(answer.locationParameters()).containsEntry(name, List.of(value));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "first_screen=bogus",
                "connector=unknown",
                "prompt=none",
                "ui_locales=%3Cx%3E",
                "login_hint=a&login_hint=b"
            })
    void unknownValueIsRefusedBeforeLogtoWouldDropAllOfThem(String query) {
        Answer answer = browser.open(STAGE.url("/auth/sign-in?" + query));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).contains("invalid-request");
    }

    /** {@code oidcc-client-test-3rd-party-init-login}. */
    @Test
    void r34ThirdPartyMayInitiateASignIn() {
        Answer answer = browser.send(
                "POST",
                STAGE.url("/auth/initiate"),
                "iss=" + STAGE.logto().issuer() + "&target_link_uri=" + STAGE.url("/books") + "&ssoConnectorId=acme-1",
                Map.of("Content-Type", "application/x-www-form-urlencoded", "Accept", "text/html"));

        assertThat(answer.status()).isEqualTo(303);
        assertThat(answer.locationParameters()).containsEntry("direct_sign_in", List.of("sso:acme-1"));
    }

    @Test
    void r34InitiatedSignInIsAnOrdinaryOneAndEndsWhereItWasToLead() {
        Answer toIdp = browser.open(STAGE.url("/auth/initiate?iss="
                + STAGE.logto().issuer() + "&login_hint=alice&target_link_uri=" + STAGE.url("/books?x=1")));

        assertThat(toIdp.locationParameters())
                .containsEntry("login_hint", List.of("alice"))
                .containsKeys("state", "nonce", "code_challenge");
        Answer callback = browser.signIn(toIdp, "alice", "Wonderland-42!");
        assertThat(browser.open(callback.location().toString()).header("Location"))
                .contains("/books?x=1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example/",
                "//evil.example",
                "https://evil.example%2F@localhost/",
                "javascript:alert(1)",
                "%5C%5Cevil.example"
            })
    void r34ForeignTargetIsIgnored(String target) {
        Answer toIdp =
                browser.open(STAGE.url("/auth/initiate?iss=" + STAGE.logto().issuer() + "&target_link_uri=" + target));

        Answer callback = browser.signIn(toIdp, "alice", "Wonderland-42!");
        assertThat(browser.open(callback.location().toString()).header("Location"))
                .contains("/");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "iss=https://other.example",
                "iss=https://other.example&target_link_uri=/books",
                "target_link_uri=/books",
                "ssoConnectorId=unknown"
            })
    void r34InitiationThatIsNotForUsIsRefused(String query) {
        assertThat(browser.open(STAGE.url("/auth/initiate?" + query)).status()).isEqualTo(400);
        assertThat(browser.cookies()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/auth", "/auth/", "/auth/unknown", "/auth/sign-in/x", "/auth/livez"})
    void nothingUnderTheBasePathReachesAnUpstream(String path) {
        assertThat(browser.open(STAGE.url(path)).status()).isEqualTo(404);
        assertThat(STAGE.upstream().received()).isEmpty();
    }

    @Test
    void methodAnEndpointDoesNotKnowIsRefusedWithThoseItDoes() {
        Answer answer = browser.fetch("DELETE", STAGE.url("/auth/sign-in"));

        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.header("Allow").orElse("").split(",")).containsExactlyInAnyOrder("GET", "HEAD");
    }

    /** Programs that check links, or load them ahead, ask with HEAD: that must not use anything up or end anything. */
    @ParameterizedTest
    @ValueSource(strings = {"/auth/callback", "/auth/sign-out", "/auth/initiate"})
    void whatActsOnGetRefusesHead(String path) {
        assertThat(browser.fetch("HEAD", STAGE.url(path)).status()).isEqualTo(405);
    }
}
