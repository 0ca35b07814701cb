package io.gatehouse.gateway.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.gateway.fixture.Browser;
import io.gatehouse.gateway.fixture.Browser.Answer;
import io.gatehouse.gateway.verify.Signer.Forgery;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The same for relayed access tokens, at {@code /token}. */
abstract class TokenVerifierContract extends VerifierContract {

    @Test
    void accessTokenForThisApiIsAccepted() {
        Answer answer = get(signer.signAccessToken(signer.accessToken()));
        assertThat(answer.header("WWW-Authenticate")).isEmpty();

        assertThat(answer.status()).isEqualTo(200);
        assertThat(subject(answer)).isEqualTo("alice");
    }

    @ParameterizedTest
    @EnumSource(Forgery.class)
    void forgedAccessTokenIsRefused(Forgery forgery) {
        assertThat(get(signer.forge(forgery, false, signer.accessToken())).status())
                .isEqualTo(401);
    }

    static List<Arguments> otherApis() {
        return List.of(
                Arguments.of("iss", "https://evil.example"),
                Arguments.of("aud", "https://other.local"),
                Arguments.of("exp", 1_000_000_000L));
    }

    @ParameterizedTest
    @MethodSource("otherApis")
    void accessTokenForSomethingElseIsRefused(String claim, Object value) {
        Map<String, Object> claims = signer.accessToken();
        claims.put(claim, value);

        assertThat(get(signer.signAccessToken(claims)).status()).isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"iss", "aud", "exp", "sub"})
    void accessTokenThatDoesNotSayEverythingIsRefused(String claim) {
        Map<String, Object> claims = signer.accessToken();
        claims.remove(claim);

        assertThat(get(signer.signAccessToken(claims)).status()).isEqualTo(401);
    }

    @Test
    void assertionIsNoAccessToken() {
        assertThat(get(signer.signAssertion(signer.assertion("GET", "/token"))).status())
                .isEqualTo(401);
        assertThat(new Browser().send("GET", url() + "/token", "", Map.of()).status())
                .isEqualTo(401);
    }

    private Answer get(String token) {
        return new Browser().send("GET", url() + "/token", "", Map.of("Authorization", "Bearer " + token));
    }
}
