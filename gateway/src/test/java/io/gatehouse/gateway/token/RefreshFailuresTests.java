package io.gatehouse.gateway.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.gateway.problem.GatewayException;
import io.gatehouse.gateway.problem.ProblemType;
import java.io.IOException;
import java.net.ConnectException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.security.oauth2.core.OAuth2AuthorizationException;
import org.springframework.security.oauth2.core.OAuth2Error;

class RefreshFailuresTests {

    @ParameterizedTest
    @CsvSource({
        "invalid_grant, SESSION_ENDED",
        "access_denied, SESSION_ENDED",
        "invalid_target, TOKEN_REFUSED",
        "invalid_scope, TOKEN_REFUSED",
        "insufficient_scope, TOKEN_REFUSED",
        "invalid_client, PROVIDER_MISCONFIGURED",
        "unauthorized_client, PROVIDER_MISCONFIGURED",
        "server_error, PROVIDER_UNAVAILABLE",
        "temporarily_unavailable, PROVIDER_UNAVAILABLE",
        "invalid_token_response, PROVIDER_UNAVAILABLE",
        "something_new, PROVIDER_UNAVAILABLE"
    })
    void onlyARefusalOfTheGrantEndsTheSession(String code, ProblemType type) {
        var failure = new OAuth2AuthorizationException(new OAuth2Error(code, "invalid_grant invalid_grant", null));

        assertThat(RefreshFailures.classify(failure).type()).isEqualTo(type);
    }

    @ParameterizedTest
    @CsvSource({
        "invalid_grant, SESSION_ENDED",
        "access_denied, NOT_A_MEMBER",
        "invalid_target, TOKEN_REFUSED",
        "insufficient_scope, TOKEN_REFUSED"
    })
    void refusalForAnOrganizationConcernsItsRoutesOnly(String code, ProblemType type) {
        var failure = new OAuth2AuthorizationException(new OAuth2Error(code));

        assertThat(RefreshFailures.classify(failure, "acme").type()).isEqualTo(type);
    }

    @Test
    void refusalWith403NeverEndsTheSession() {
        assertThat(RefreshFailures.classify(new ForbiddenException("access_denied"), "acme")
                        .type())
                .isEqualTo(ProblemType.NOT_A_MEMBER);
        assertThat(RefreshFailures.classify(new ForbiddenException("insufficient_scope"), "acme")
                        .type())
                .isEqualTo(ProblemType.TOKEN_REFUSED);
        assertThat(RefreshFailures.classify(new ForbiddenException("access_denied"), "")
                        .type())
                .isEqualTo(ProblemType.TOKEN_REFUSED);
    }

    @Test
    void onlyARequestThatNeverReachedTheIdpIsCertainlyUnsent() {
        assertThat(RefreshFailures.isUnsent(new IllegalStateException(new ConnectException("refused"))))
                .isTrue();
        assertThat(RefreshFailures.isUnsent(new IOException("reset"))).isFalse();
    }

    @Test
    void codeThatIsNoneIsNotLogged() {
        var failure = new OAuth2AuthorizationException(new OAuth2Error("a\nforged line"));

        assertThat(RefreshFailures.classify(failure)).hasMessage("refresh answered with an unknown error");
    }

    @Test
    void brokenConnectionIsNoRefusal() {
        assertThat(RefreshFailures.classify(new IOException("reset")).type())
                .isEqualTo(ProblemType.PROVIDER_UNAVAILABLE);
    }

    @Test
    void nameOnceGivenIsKept() {
        var named = GatewayException.of(ProblemType.PROVIDER_MISCONFIGURED);

        assertThat(RefreshFailures.classify(named)).isSameAs(named);
    }
}
