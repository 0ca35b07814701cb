package io.gatehouse.gateway.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import io.gatehouse.gateway.problem.GatewayException;
import io.gatehouse.gateway.problem.ProblemType;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.security.oauth2.core.oidc.OidcIdToken;

/** The hashes were made by another program: the left half of SHA-256 with RS256, and of SHA-384 with ES384. */
class TokenHashesTests {

    private static final String ACCESS_TOKEN = "jHkWEdUXMU1BwAsC4vtUsZwnNvTIxEl0z9K3vx5KF0Y";
    private static final String CODE = "SplxlOBeZQQYbYS6WxSbIA";

    @ParameterizedTest
    @CsvSource({
        "RS256, 77QmUPtjPfzWtF2AnpK9RQ, o1uBp9eSe3DsmScN0jYriA",
        "ES384, jtAeDp945y1dDqU3nkIVGNZP1HjH_MFs, 8ZYBhGf1HS0O6l_LefILVrCxOJ4-cux2"
    })
    void hashesOfTheSameAnswerAreRight(String algorithm, String accessTokenHash, String codeHash) {
        assertThatNoException()
                .isThrownBy(() -> require(algorithm, Map.of("at_hash", accessTokenHash, "c_hash", codeHash)));
    }

    @Test
    void hashesThatAreNotThereAreNotMissed() {
        assertThatNoException().isThrownBy(() -> require("ES384", Map.of("sub", "alice")));
    }

    @ParameterizedTest
    @CsvSource({
        "RS256, at_hash, o1uBp9eSe3DsmScN0jYriA",
        "RS256, c_hash, 77QmUPtjPfzWtF2AnpK9RQ",
        "RS256, at_hash, x",
        "RS256, at_hash, ' '",
        "ES384, at_hash, 77QmUPtjPfzWtF2AnpK9RQ",
        "ES384, c_hash, o1uBp9eSe3DsmScN0jYriA"
    })
    void hashOfSomethingElseIsRefused(String algorithm, String name, String hash) {
        assertThatExceptionOfType(GatewayException.class)
                .isThrownBy(() -> require(algorithm, Map.of(name, hash)))
                .satisfies(refused -> assertThat(refused.type()).isEqualTo(ProblemType.SIGN_IN_INVALID));
    }

    private static void require(String algorithm, Map<String, Object> claims) {
        String header = base64("{\"alg\":\"" + algorithm + "\"}");
        String idToken = header + "." + base64("{}") + "." + base64("signature");
        TokenHashes.require(new OidcIdToken(idToken, Instant.EPOCH, Instant.MAX, claims), ACCESS_TOKEN, CODE);
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
