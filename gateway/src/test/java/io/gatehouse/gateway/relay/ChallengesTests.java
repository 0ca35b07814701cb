package io.gatehouse.gateway.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChallengesTests {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Bearer error=invalid_token",
                "bearer ERROR=\"invalid_token\"",
                "Bearer realm=\"a, b\", error_description=\"x, Basic y\",error = \"invalid_token\"",
                "Negotiate abc==, Bearer scope=\"a b\", error=\"invalid_token\"",
                "Bearer, Bearer error=\"invalid_token\"",
                "Bearer error=\"invalid_token"
            })
    void refusedTokenIsFound(String challenge) {
        assertThat(Challenges.refuseToken(List.of("Basic realm=\"x\"", challenge)))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Bearer",
                "Bearer error=\"insufficient_scope\"",
                "Bearer error=\"invalid_token_or_so\"",
                "Bearer error_description=\"error=invalid_token\"",
                "Bearer realm=\"x\", DPoP error=\"invalid_token\"",
                "DPoP error=\"invalid_token\"",
                "Basic realm=\"Bearer error=invalid_token\"",
                "error=\"invalid_token\""
            })
    void anythingElseIsNot(String challenge) {
        assertThat(Challenges.refuseToken(List.of(challenge))).isFalse();
    }

    @Test
    void longChallengeIsReadLikeAShortOne() {
        for (String part : List.of(",", ", Bearer ", "a=", "\"", " ", "a ", "=\"a,")) {
            String challenge = "Bearer realm=\"x\"" + part.repeat(30_000);

            assertThat(Challenges.refuseToken(List.of(challenge))).isFalse();
        }
    }
}
