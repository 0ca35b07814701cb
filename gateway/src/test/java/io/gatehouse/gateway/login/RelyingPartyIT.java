package io.gatehouse.gateway.login;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.gateway.fixture.Browser;
import io.gatehouse.gateway.fixture.Browser.Answer;
import io.gatehouse.gateway.fixture.LogtoEmulator;
import io.gatehouse.gateway.fixture.Scale;
import io.gatehouse.gateway.fixture.Stage;
import io.gatehouse.gateway.session.Sessions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpCookie;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import tools.jackson.databind.json.JsonMapper;

/**
 * The modules of the OpenID conformance suite for relying parties that are about keys, metadata and client
 * authentication, by their number in our list and their name there. The secret has every character that the form
 * encoding changes.
 */
class RelyingPartyIT {

    private static final String SECRET = "s p+a%2Bc:e/=&?\"\\~é";

    @RegisterExtension
    static final Stage STAGE =
            new Stage(Map.of("gatehouse.logto.app-secret", SECRET, "gatehouse.sign-in.scopes", "phone,address"));

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static int leaps;

    private final Browser browser = new Browser();

    @BeforeEach
    void begin() {
        registerSecret();
        forgetWhatWasFetched();
    }

    private static void registerSecret() {
        String path = "applications/" + LogtoEmulator.APP_ID + "/secrets/Special";
        STAGE.logto().control("PUT", path, JSON.writeValueAsString(Map.of("value", SECRET)));
    }

    /** The gateway outlives a test, and so do the keys and metadata it has; each call goes further than the last. */
    private static void forgetWhatWasFetched() {
        leaps++;
        STAGE.advance(Duration.ofHours(2).multipliedBy(leaps));
    }

    /** {@code oidcc-client-test}. */
    @Test
    void r1OrdinarySignInMakesASession() {
        assertSignedIn(browser);

        assertThat(STAGE.logto().tokenCalls("authorization_code")).isEqualTo(1);
        assertThat(STAGE.logto().calls("userinfo")).isZero();
        assertThat(browser.open(STAGE.url("/books")).status()).isEqualTo(200);
    }

    /** {@code oidcc-client-test-kid-absent-single-jwks}. */
    @Test
    void r6IdTokenWithoutKidIsAcceptedWhereThereIsOneKey() {
        sign("missing-kid");

        assertSignedIn(browser);
        assertThat(STAGE.logto().control("GET", "keys", "")).hasSize(1);
    }

    /** {@code oidcc-client-test-kid-absent-multiple-jwks}: two keys of one kind, and one of each. */
    @ParameterizedTest
    @ValueSource(strings = {"EC", "RSA"})
    void r7IdTokenWithoutKidIsAcceptedWhereThereAreSeveralKeys(String type) {
        rotateKeys(type);
        sign("missing-kid");

        assertSignedIn(browser);
        assertThat(STAGE.logto().control("GET", "keys", "")).hasSize(2);
    }

    /** {@code oidcc-client-test-idtoken-sig-rs256}. */
    @Test
    void r8IdTokenSignedWithRs256IsAccepted() {
        rotateKeys("RSA");

        assertSignedIn(browser);
    }

    /** {@code oidcc-client-test-invalid-sig-rs256}, in fact with RS256. */
    @ParameterizedTest
    @ValueSource(strings = {"broken", "other-key", "hs256-public-key"})
    void r10BrokenRsaSignatureIsRejected(String signature) {
        rotateKeys("RSA");
        sign(signature);

        Rejections.assertRejected(STAGE, browser, STAGE.signInAsAlice(browser), "sign-in-invalid");
    }

    /** {@code oidcc-client-test-scope-userinfo-claims}: all of it is in the ID token, so nobody is asked for it. */
    @Test
    void r15ClaimsOfEveryScopeAreTakenFromTheIdToken() {
        Answer toIdp = browser.open(STAGE.url("/books"));
        assertThat(toIdp.locationParameters().get("scope").getFirst().split(" "))
                .contains("openid", "profile", "email", "phone", "address");
        claim("phone_number", "'+49 30 1234'");
        claim("address", "{'locality':'Oxford'}");

        finish(browser.signIn(toIdp, "alice", "Wonderland-42!"));

        assertThat(claims())
                .containsEntry("name", "Alice Liddell")
                .containsEntry("phone_number", "+49 30 1234")
                .containsEntry("address", Map.of("locality", "Oxford"))
                .containsKey("email");
        assertThat(STAGE.logto().calls("userinfo")).isZero();
    }

    /** {@code oidcc-client-test-client-secret-basic}: form-encoded inside of Basic (RFC 6749, section 2.3.1). */
    @Test
    void r16SecretIsFormEncodedInsideOfBasicAtEveryEndpoint() {
        assertSignedIn(browser);

        assertThat(browser.fetch("GET", STAGE.url("/api/books")).status()).isEqualTo(200);
        browser.submit(STAGE.url("/auth/sign-out"), Map.of());

        assertThat(STAGE.logto().control("GET", "calls", "").path("calls").valueStream())
                .filteredOn(call -> List.of("token", "revocation")
                        .contains(call.path("endpoint").asString()))
                .hasSize(3)
                .allMatch(call -> call.path("status").asInt() == 200)
                .noneMatch(call -> call.path("parameters").toString().contains("client_secret"));
    }

    /** {@code oidcc-client-test-discovery-openid-config}: the endpoints are those that are published. */
    @Test
    void r17EndpointsAreThoseOfTheMetadata() {
        metadata("authorization_endpoint", STAGE.logto().issuer() + "/other");

        assertThat(browser.open(STAGE.url("/books")).location().toString())
                .startsWith(STAGE.logto().issuer() + "/other?");
        assertThat(STAGE.logto().calls("discovery")).isEqualTo(1);
    }

    /** {@code oidcc-client-test-discovery-jwks-uri-keys}. */
    @Test
    void r18KeysAreThoseOfTheMetadata() {
        metadata("jwks_uri", STAGE.upstream().url() + "/keys");

        STAGE.signInAsAlice(browser);

        assertThat(STAGE.upstream().single().uri()).isEqualTo("/keys");
        assertThat(STAGE.logto().calls("jwks")).isZero();
    }

    /** {@code oidcc-client-test-signing-key-rotation-just-before-signing}: the person is at Logto meanwhile. */
    @ParameterizedTest
    @ValueSource(strings = {"EC", "RSA"})
    void r21KeyThatIsRotatedJustBeforeSigningIsFetched(String type) {
        assertSignedIn(new Browser());
        STAGE.advance(Duration.ofSeconds(30));
        Answer callback = browser.signIn(browser.open(STAGE.url("/books")), "alice", "Wonderland-42!");

        rotateKeys(type);

        assertThat(finish(callback).header("Location")).contains("/books");
        assertThat(STAGE.logto().calls("jwks")).isEqualTo(2);
    }

    /** {@code oidcc-client-test-signing-key-rotation}: between two sign-ins, and the first key is gone by then. */
    @Test
    void r22KeysThatAreRotatedBetweenTwoSignInsAreFetched() {
        assertSignedIn(new Browser());
        rotateKeys("EC");
        rotateKeys("EC");
        STAGE.advance(Duration.ofSeconds(30));

        assertSignedIn(browser);
        assertSignedIn(new Browser());
        assertThat(STAGE.logto().calls("jwks")).isEqualTo(2);
    }

    /** However many of our own sign-ins name keys that nobody publishes. */
    @Test
    void r22UnknownKidsOfTokensWeFetchedMakeUsFetchKeysOnceInHalfAMinute() {
        int signIns = Scale.of(30, 1_000);
        assertSignedIn(new Browser());
        sign("unknown-kid");

        for (int i = 0; i < signIns; i++) {
            STAGE.advance(Duration.ofSeconds(2));
            assertThat(STAGE.signInAsAlice(new Browser()).status()).isEqualTo(400);
        }

        // Once for the first sign-in, and once for every 30 of these seconds.
        assertThat(STAGE.logto()
                        .control("GET", "calls", "")
                        .path("counts")
                        .path("jwks")
                        .asLong())
                .isBetween(2L, 1 + signIns * 2L / 30);
    }

    /** {@code oidcc-client-test-mtls-endpoint-aliases}: they are for clients with a certificate (RFC 8705). */
    @Test
    void r41AliasesForClientsWithACertificateAreNotUsed() {
        metadata(
                "mtls_endpoint_aliases",
                Map.of("token_endpoint", STAGE.upstream().url() + "/token"));

        assertSignedIn(browser);
        assertThat(STAGE.upstream().received()).isEmpty();
    }

    /** {@code fapi2-...-client-test-invalid-alternate-alg}: PS256 with the right key, which is published for RS256. */
    @Test
    void r44AlgorithmThatTheKeyIsNotPublishedForIsRejected() {
        rotateKeys("RSA");
        sign("other-algorithm");

        Rejections.assertRejected(STAGE, browser, STAGE.signInAsAlice(browser), "sign-in-invalid");
    }

    private static void assertSignedIn(Browser browser) {
        assertThat(STAGE.signInAsAlice(browser).header("Location")).contains("/books");
        assertThat(browser.cookies()).containsKey("gatehouse");
        assertThat(browser.fetch("GET", STAGE.url("/auth/session")).body()).contains("\"signedIn\":true");
    }

    private Answer finish(Answer callback) {
        return browser.open(callback.location().toString());
    }

    private Map<String, Object> claims() {
        var request = MockServerHttpRequest.get("/")
                .cookie(new HttpCookie("gatehouse", browser.cookies().get("gatehouse")))
                .build();
        return STAGE.gateway()
                .bean(Sessions.class)
                .peek(request)
                .block()
                .identity()
                .claims();
    }

    private static void rotateKeys(String type) {
        STAGE.logto().control("POST", "keys/rotate", "{\"signingKeyAlgorithm\":\"" + type + "\"}");
    }

    private static void sign(String signature) {
        STAGE.logto()
                .fault("{\"endpoint\":\"token\",\"kind\":\"id-token-signature\",\"signature\":\"" + signature + "\"}");
    }

    private static void claim(String name, String value) {
        STAGE.logto()
                .fault(("{'endpoint':'token','kind':'id-token-claim','name':'" + name + "','edit':'replace','value':"
                                + value + "}")
                        .replace('\'', '"'));
    }

    private static void metadata(String name, Object value) {
        STAGE.logto()
                .fault(JSON.writeValueAsString(Map.of(
                        "endpoint",
                        "discovery",
                        "kind",
                        "response-field",
                        "name",
                        name,
                        "edit",
                        "replace",
                        "value",
                        value)));
    }
}
