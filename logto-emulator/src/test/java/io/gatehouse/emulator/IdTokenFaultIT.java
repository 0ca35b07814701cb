package io.gatehouse.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IdTokenFaultIT {

    @RegisterExtension
    static final RunningEmulator EMULATOR = new RunningEmulator();

    private final App app = EMULATOR.app();
    private final Browser browser = new Browser();

    private final Control control = EMULATOR.control();

    @ParameterizedTest
    @ValueSource(strings = {"iss", "nonce", "aud", "sub", "exp", "iat"})
    void claimOfTheIdTokenCanBeMissing(String claim) {
        fault("token", "id-token-claim", claim, "remove", "");

        String idToken = idToken();

        assertThat(Tokens.claims(idToken).has(claim)).isFalse();
        assertThat(Tokens.isVerifiable(idToken, jwks())).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"iss", "nonce", "aud", "sub"})
    void claimOfTheIdTokenCanBeWrong(String claim) {
        fault("token", "id-token-claim", claim, "replace", "wrong");

        assertThat(Tokens.claims(idToken()).path(claim).asString()).isEqualTo("wrong");
    }

    @Test
    void audienceOfTheIdTokenCanBeAnArray() {
        control.fault(Map.of(
                "endpoint",
                "token",
                "kind",
                "id-token-claim",
                "name",
                "aud",
                "edit",
                "replace",
                "value",
                List.of(app.id(), "somebody-else")));

        assertThat(Tokens.claims(idToken()).path("aud").toString())
                .isEqualTo("[\"bookstore-gateway\",\"somebody-else\"]");
    }

    @Test
    void timesOfTheIdTokenCanBeShifted() {
        shift("exp", "-2h");
        shift("iat", "1h");
        shift("auth_time", "-1d");

        var claims = Tokens.claims(app.tokens(browser, app.request().with("max_age", "600"))
                .path("id_token")
                .asString());

        assertThat(claims.path("iat").asLong() - claims.path("exp").asLong()).isEqualTo(2 * 3600);
        assertThat(claims.path("iat").asLong() - claims.path("auth_time").asLong())
                .isGreaterThan(86_400);
    }

    @Test
    void authTimeCanBeMissingAlthoughAskedFor() {
        fault("token", "id-token-claim", "auth_time", "remove", "");

        var tokens = app.tokens(browser, app.request().with("max_age", "600"));

        assertThat(Tokens.claims(tokens.path("id_token").asString()).has("auth_time"))
                .isFalse();
    }

    @Test
    void refreshedIdTokenAloneCanBeAboutSomebodyElse() {
        var fault = new HashMap<>(description("token", "id-token-claim", "sub", "replace", "somebody"));
        fault.put("grantType", "refresh_token");
        control.fault(fault);
        var tokens = app.tokens(browser, app.request().offline());

        var refreshed = app.refresh(tokens.path("refresh_token").asString());

        assertThat(Tokens.claims(tokens.path("id_token").asString()).path("sub").asString())
                .isEqualTo("9xdtcxqv0uke");
        assertThat(Tokens.claims(refreshed.text("id_token")).path("sub").asString())
                .isEqualTo("somebody");
    }

    @Test
    void signatureCanBeMissing() {
        sign("none");

        String idToken = idToken();

        assertThat(Tokens.header(idToken).path("alg").asString()).isEqualTo("none");
        assertThat(idToken).endsWith(".");
    }

    @Test
    void signatureCanBeMadeWithTheClientSecret() throws Exception {
        sign("hs256-client-secret");

        assertThat(verifies(idToken(), RunningEmulator.SECRET.getBytes(StandardCharsets.UTF_8)))
                .isTrue();
    }

    @Test
    void signatureCanBeMadeWithThePublicKeyAsASecret() throws Exception {
        sign("hs256-public-key");

        assertThat(verifies(idToken(), pem())).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"broken", "other-key"})
    void signatureCanBeWrongUnderTheRightKid(String how) {
        sign(how);

        String idToken = idToken();

        assertThat(jwks()).contains(Tokens.header(idToken).path("kid").asString());
        assertThat(Tokens.isVerifiable(idToken, jwks())).isFalse();
    }

    @Test
    void kidCanBeUnknownOrMissing() {
        sign("unknown-kid");
        assertThat(jwks()).doesNotContain(Tokens.header(idToken()).path("kid").asString());

        control.delete("/control/faults");
        sign("missing-kid");
        assertThat(Tokens.header(idToken()).has("kid")).isFalse();
    }

    @Test
    void algorithmCanBeNull() {
        sign("null-algorithm");

        String idToken = idToken();

        assertThat(Tokens.header(idToken).path("alg").isNull()).isTrue();
        assertThat(Tokens.claims(idToken).has("sub")).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"EC, ES256", "RSA, PS256"})
    void algorithmCanBeAnotherOne(String type, String algorithm) {
        control.post("/control/keys/rotate", Map.of("signingKeyAlgorithm", type));
        sign("other-algorithm");

        var header = Tokens.header(idToken());

        assertThat(header.path("alg").asString()).isEqualTo(algorithm);
        assertThat(jwks()).contains(header.path("kid").asString()).doesNotContain(algorithm);
    }

    private String idToken() {
        var page = browser.open(app.request());
        var answered = page.isAtApplication() ? page : browser.signIn(app.request());
        return app.exchange(answered.query("code")).text("id_token");
    }

    private void fault(String endpoint, String kind, String name, String edit, String value) {
        control.fault(description(endpoint, kind, name, edit, value));
    }

    private static Map<String, Object> description(
            String endpoint, String kind, String name, String edit, String value) {
        return Map.of("endpoint", endpoint, "kind", kind, "name", name, "edit", edit, "value", value);
    }

    private void shift(String claim, String by) {
        control.fault(Map.of("endpoint", "token", "kind", "id-token-claim", "name", claim, "edit", "shift", "by", by));
    }

    private void sign(String how) {
        control.fault(Map.of("endpoint", "token", "kind", "id-token-signature", "signature", how));
    }

    private static String jwks() {
        return Answer.get(EMULATOR.issuer() + "/jwks").body();
    }

    private static boolean verifies(String jwt, byte[] secret) throws Exception {
        byte[] padded = Arrays.copyOf(secret, Math.max(secret.length, 32));
        return JWSObject.parse(jwt).verify(new MACVerifier(padded));
    }

    private static byte[] pem() throws Exception {
        byte[] key = JWKSet.parse(jwks())
                .getKeys()
                .getFirst()
                .toECKey()
                .toPublicKey()
                .getEncoded();
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key);
        return ("-----BEGIN PUBLIC KEY-----\n" + body + "\n-----END PUBLIC KEY-----\n")
                .getBytes(StandardCharsets.UTF_8);
    }
}
