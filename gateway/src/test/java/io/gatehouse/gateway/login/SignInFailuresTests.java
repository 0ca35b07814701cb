package io.gatehouse.gateway.login;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.gateway.problem.GatewayException;
import io.gatehouse.gateway.problem.ProblemType;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;

class SignInFailuresTests {

    @ParameterizedTest
    @CsvSource({
        "invalid_grant, FLOW_UNKNOWN",
        "invalid_id_token, SIGN_IN_INVALID",
        "invalid_nonce, SIGN_IN_INVALID",
        "invalid_client, PROVIDER_MISCONFIGURED",
        "invalid_target, SIGN_IN_REFUSED",
        "server_error, PROVIDER_UNAVAILABLE",
        "invalid_token_response, PROVIDER_UNAVAILABLE"
    })
    void personIsToldWhatCanBeDone(String code, ProblemType type) {
        assertThat(SignInFailures.classify(new OAuth2AuthenticationException(new OAuth2Error(code)))
                        .type())
                .isEqualTo(type);
    }

    @Test
    void keysThatCannotBeFetchedAreTheIdpsFault() {
        var cause = GatewayException.of(ProblemType.PROVIDER_UNAVAILABLE);

        assertThat(SignInFailures.classify(new IllegalStateException("Could not obtain the keys", cause)))
                .isSameAs(cause);
    }

    @Test
    void brokenConnectionIsNoRefusal() {
        assertThat(SignInFailures.classify(new IOException()).type()).isEqualTo(ProblemType.PROVIDER_UNAVAILABLE);
    }
}
