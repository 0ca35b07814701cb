package io.gatehouse.gateway.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClaimHeaderTests {

    @ParameterizedTest
    @CsvSource({
        "email, email, X-Auth-Email",
        "sub, sub, X-Auth-Subject",
        "email_verified, email_verified, X-Auth-Email-Verified",
        "name=X-User-Name, name, X-User-Name",
        "email=X-Forwarded-Email, email, X-Forwarded-Email",
        "name=Remote-User, name, Remote-User"
    })
    void claimHasAHeader(String written, String claim, String header) {
        assertThat(ClaimHeader.of(written)).isEqualTo(new ClaimHeader(claim, header));
    }

    /**
     * Removed from every request that comes in, or read by somebody on the way, these would break what they are for.
     */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Authorization",
                "COOKIE",
                "Cookie2",
                "Set-Cookie",
                "Host",
                "Connection",
                "Keep-Alive",
                "Proxy-Authorization",
                "Proxy",
                "Content-Length",
                "Content-Type",
                "Content",
                "Transfer-Encoding",
                "Upgrade",
                "TE",
                "Trailer",
                "Expect",
                "Via",
                "X-Correlation-Id",
                "X-Gatehouse-Assertion",
                "X-Gatehouse-Mine",
                "Accept",
                "Accept-Encoding",
                "If-Match",
                "Origin",
                "Referer",
                "User-Agent",
                "Range",
                "Cache-Control",
                "Access-Control-Request-Method",
                "Sec-WebSocket-Key",
                "Sec-Fetch-Site",
                "HTTP2-Settings",
                "Forwarded",
                "X-Forwarded-For",
                "X-Forwarded-Host",
                "X-Forwarded-Proto",
                "X-Real-IP",
                "X-Original-URL",
                "X-Rewrite-URL",
                "X-HTTP-Method-Override",
                "Client-IP"
            })
    void headerThatMeansSomethingElseIsRefused(String header) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ClaimHeader.of("email=" + header))
                .withMessageContaining("cannot be sent as " + header);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "=X-User", "email=", "email=X User", "email=X:User", "email=X_User", "a b", "email=Ü"})
    void whatIsNoHeaderIsRefused(String written) {
        assertThatIllegalArgumentException().isThrownBy(() -> ClaimHeader.of(written));
    }

    @Test
    void everySignIsTheSameInANameAndCaseDoesNotCount() {
        assertThat(HeaderNames.canonical("X_Auth.User~ID"))
                .isEqualTo(HeaderNames.canonical("x-auth-user-id"))
                .isEqualTo("x-auth-user-id");
    }

    @Test
    void nameThatMisleadsAnUpstreamIsNeverFree() {
        assertThat(HeaderNames.misleading()).isNotEmpty().noneMatch(HeaderNames::isFree);
    }
}
