package io.gatehouse.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.gatehouse.emulator.session.Lifetime;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OptionReaderTests {

    @Test
    void defaultsAreThoseOfTheDemo() {
        var options = read();

        assertThat(options.host()).isEqualTo("127.0.0.1");
        assertThat(options.port()).isEqualTo(3001);
        assertThat(options.oktaPort()).isEqualTo(9170);
        assertThat(options.endpoint()).isNull();
        assertThat(options.appId()).isEqualTo("bookstore-gateway");
        assertThat(options.appSecret().matches("generated")).isTrue();
        assertThat(options.redirects().redirectUris())
                .containsExactly("http://localhost:8080/auth/callback", "http://localhost:8081/auth/callback");
        assertThat(options.redirects().postLogoutRedirectUris())
                .contains("http://localhost:8080/", "http://localhost:8080/auth/signed-out");
        assertThat(options.redirects().backchannelLogoutUri())
                .isEqualTo("http://localhost:8080/auth/backchannel-logout");
        assertThat(options.unknownSessionRedirectUrl()).isNull();
        assertThat(options.ssrfProtection()).isFalse();
        assertThat(options.lifetimes()).isEmpty();
        assertThat(options.rotationThreshold()).isEqualTo(70);
        assertThat(options.tokenPolicy().rotateRefreshToken()).isTrue();
        assertThat(options.tokenPolicy().alwaysIssueRefreshToken()).isFalse();
        assertThat(options.keepAlive()).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void everyOptionCanBeGiven() {
        var options = read(
                "--host=localhost",
                "--port=1",
                "--okta-port=2",
                "--endpoint=http://logto.localhost:1/",
                "--app-id=app",
                "--app-secret=secret",
                "--redirect-uris=http://a/, http://b/",
                "--post-sign-out-uris=http://c/",
                "--backchannel-logout-uri=",
                "--unknown-session-redirect-url=http://d/",
                "--ssrf-protection=true",
                "--refresh-token-lifetime=500ms",
                "--rotation-threshold=0",
                "--rotate-refresh-token=false",
                "--always-issue-refresh-token=true",
                "--keep-alive=1s");

        assertThat(options.endpoint()).isEqualTo("http://logto.localhost:1");
        assertThat(options.appSecret().matches("secret")).isTrue();
        assertThat(options.redirects().redirectUris()).containsExactly("http://a/", "http://b/");
        assertThat(options.redirects().backchannelLogoutUri()).isNull();
        assertThat(options.lifetimes()).isEqualTo(Map.of(Lifetime.REFRESH_TOKEN_LIFETIME, Duration.ofMillis(500)));
        assertThat(options.rotationThreshold()).isZero();
        assertThat(options.tokenPolicy().rotateRefreshToken()).isFalse();
        assertThat(options.ssrfProtection()).isTrue();
    }

    @Test
    void environmentCountsWhereNoArgumentIsGiven() {
        var environment = Map.of("EMULATOR_PORT", "4001", "EMULATOR_OKTA_PORT", "4002");

        var options = EmulatorOptions.read(List.of("--port=5001"), environment, "generated");

        assertThat(options.port()).isEqualTo(5001);
        assertThat(options.oktaPort()).isEqualTo(4002);
    }

    @Test
    void secretsAreNotPrinted() {
        assertThat(read("--app-secret=hush").toString()).doesNotContain("hush");
    }

    @Test
    void otherAddressesThanLoopbackAreRefused() {
        assertComplaint("--host=0.0.0.0", "loopback only");
        assertComplaint("--host=192.0.2.1", "loopback only");
    }

    @Test
    void nonsenseIsRefusedAllAtOnce() {
        assertThatExceptionOfType(InvalidOptionsException.class)
                .isThrownBy(() -> read("--port=many", "--ssrf-protection=perhaps", "--session-lifetime=long", "stray"))
                .withMessageContainingAll("--port", "--ssrf-protection", "--session-lifetime", "--name=value");
        assertComplaint("--prot=1", "unknown option --prot; there are");
        assertComplaint("--port=70000", "from 0 to 65535");
    }

    private static void assertComplaint(String argument, String message) {
        assertThatExceptionOfType(InvalidOptionsException.class)
                .isThrownBy(() -> read(argument))
                .withMessageContaining(message);
    }

    private static EmulatorOptions read(String... arguments) {
        return EmulatorOptions.read(List.of(arguments), Map.of(), "generated");
    }
}
