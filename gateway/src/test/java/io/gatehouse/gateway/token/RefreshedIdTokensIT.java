package io.gatehouse.gateway.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.gateway.fixture.Browser.Answer;
import io.gatehouse.gateway.fixture.Stage;
import io.gatehouse.gateway.session.BrowserSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Whether an ID token that comes with a refresh is believed (OpenID Connect Core 1.0, section 12.2). */
class RefreshedIdTokensIT {

    @RegisterExtension
    static final Stage STAGE = new Stage();

    private Person person;

    @BeforeEach
    void signIn() {
        STAGE.logto().rotateAlways();
        STAGE.logto().accessTokensLive(Age.LIFETIME);
        // Logto sends it only after a sign-in that asked for credentials.
        fault("'kind':'id-token-claim','name':'auth_time','edit':'replace','value':1767225600");
        person = Person.signedIn(STAGE);
        assertThat(person.call().status()).isEqualTo(200);
        STAGE.logto().clearFaults();
    }

    /** {@code oidcc-client-test-refresh-token}: a new access token, by the rotated refresh token the next time. */
    @Test
    void r35RefreshTokenBringsANewAccessTokenAndANewRefreshToken() {
        String first = person.accessToken();
        String refreshToken = person.refreshToken();
        STAGE.advance(Age.EXPIRED.passed());

        assertThat(person.call().status()).isEqualTo(200);

        assertThat(person.accessToken()).isNotEqualTo(first);
        assertThat(person.refreshToken()).isNotEqualTo(refreshToken);
        STAGE.advance(Age.EXPIRED.passed());
        assertThat(person.call().status()).isEqualTo(200);
        assertThat(STAGE.logto().tokenCalls("refresh_token")).isEqualTo(3);
    }

    /** {@code oidcc-client-test-refresh-token-invalid-issuer}. */
    @Test
    void r36RefreshedIdTokenOfAnotherIssuerIsNotBelieved() {
        assertNotBelieved("'kind':'id-token-claim','name':'iss','edit':'replace','value':'https://other.example'");
    }

    /** {@code oidcc-client-test-refresh-token-invalid-sub}. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "'kind':'id-token-claim','name':'sub','edit':'replace','value':'somebody-else'",
                "'kind':'id-token-claim','name':'sub','edit':'remove'"
            })
    void r37RefreshedIdTokenOfAnotherPersonIsNotBelieved(String fault) {
        assertNotBelieved(fault);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'kind':'id-token-claim','name':'aud','edit':'replace','value':'another-client'",
                "'kind':'id-token-claim','name':'aud','edit':'replace','value':['bookstore-gateway','another-client']",
                "'kind':'id-token-claim','name':'nonce','edit':'replace','value':'of-another-sign-in'",
                "'kind':'id-token-claim','name':'auth_time','edit':'replace','value':1767225601",
                "'kind':'id-token-claim','name':'exp','edit':'shift','by':'-2h'",
                "'kind':'id-token-signature','signature':'none'",
                "'kind':'id-token-signature','signature':'null-algorithm'",
                "'kind':'id-token-signature','signature':'hs256-client-secret'",
                "'kind':'id-token-signature','signature':'hs256-public-key'",
                "'kind':'id-token-signature','signature':'broken'",
                "'kind':'id-token-signature','signature':'other-key'",
                "'kind':'id-token-signature','signature':'other-algorithm'",
                "'kind':'id-token-signature','signature':'unknown-kid'"
            })
    void tokensOfAnAnswerThatIsNotBelievedAreNotUsedButItsRefreshTokenIsKept(String fault) {
        assertNotBelieved(fault);
    }

    private void assertNotBelieved(String fault) {
        BrowserSession before = person.session().orElseThrow();
        fault("'grantType':'refresh_token'," + fault);
        STAGE.advance(Age.EXPIRED.passed());
        STAGE.upstream().forget();

        Answer refused = person.call();

        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.body()).contains("token-refused");
        assertThat(STAGE.upstream().received()).isEmpty();
        BrowserSession after = person.session().orElseThrow();
        assertThat(after.tokens().access()).isEqualTo(before.tokens().access());
        assertThat(after.tokens().idToken()).isEqualTo(before.tokens().idToken());
        assertThat(after.identity()).isEqualTo(before.identity());
        assertThat(after.tokens().refreshToken()).isNotEqualTo(before.tokens().refreshToken());
        STAGE.logto().clearFaults();
        STAGE.advance(Age.EXPIRED.passed());
        assertThat(person.call().status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'kind':'id-token-claim','name':'nonce','edit':'remove'",
                "'kind':'id-token-claim','name':'auth_time','edit':'remove'",
                "'kind':'id-token-claim','name':'name','edit':'replace','value':'Alice Hargreaves'",
                "'kind':'response-field','name':'id_token','edit':'remove'"
            })
    void whatMayBeMissingOrNewIsBelieved(String fault) {
        fault("'grantType':'refresh_token'," + fault);
        STAGE.advance(Age.EXPIRED.passed());

        assertThat(person.call().status()).isEqualTo(200);
    }

    @Test
    void keyThatWasRotatedMeanwhileIsFetched() {
        STAGE.logto().control("POST", "keys/rotate", "{\"signingKeyAlgorithm\":\"RSA\"}");
        STAGE.advance(Age.EXPIRED.passed());

        assertThat(person.call().status()).isEqualTo(200);
        assertThat(STAGE.logto().grants("alice")).isEqualTo(1);
    }

    @Test
    void rolesThatAreTakenAwayAreGoneFromTheSessionWithTheNextRefresh() {
        assertThat(shown().path("roles").values())
                .extracting(JsonNode::asString)
                .containsExactly("bookseller");
        STAGE.logto().control("PATCH", "users/alice", "{\"roles\":[]}");
        STAGE.advance(Age.EXPIRED.passed());

        person.call();

        assertThat(shown().path("signedIn").asBoolean()).isTrue();
        assertThat(shown().path("roles")).isEmpty();
    }

    @Test
    void newNameIsShownAfterTheNextRefresh() {
        STAGE.logto().control("PATCH", "users/alice", "{\"name\":\"Alice Hargreaves\"}");
        STAGE.advance(Age.EXPIRED.passed());

        person.call();

        assertThat(shown().path("name").asString()).isEqualTo("Alice Hargreaves");
    }

    private JsonNode shown() {
        return JsonMapper.builder()
                .build()
                .readTree(person.browser()
                        .fetch("GET", STAGE.url("/auth/session"))
                        .body());
    }

    private static void fault(String rest) {
        STAGE.logto().fault(("{'endpoint':'token'," + rest + "}").replace('\'', '"'));
    }
}
