package io.gatehouse.gateway.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class GatewayCookiesTests {

    private final GatewayCookies https = new GatewayCookies(PublicUrl.of("https://app.example"));
    private final GatewayCookies localhost = new GatewayCookies(PublicUrl.of("http://localhost:8080"));

    @Test
    void sessionCookieIsBoundToThisHostAndHiddenFromScripts() {
        assertThat(https.create(https.session(), "v").toString())
                .isEqualTo("__Host-gatehouse=v; Path=/; Secure; HttpOnly; SameSite=Lax");
    }

    @Test
    void onPlainLocalhostThePrefixAndSecureAreLeftOut() {
        assertThat(localhost.create(localhost.session(), "v").toString())
                .isEqualTo("gatehouse=v; Path=/; HttpOnly; SameSite=Lax");
        assertThat(localhost.flow()).isEqualTo("gatehouse-flow");
        assertThat(localhost.out()).isEqualTo("gatehouse-out");
    }

    @Test
    void cookieIsRemovedWithTheAttributesItWasSetWith() {
        assertThat(https.remove(https.flow()).toString())
                .startsWith("__Host-gatehouse-flow=; Path=/; Max-Age=0;")
                .endsWith("Secure; HttpOnly; SameSite=Lax");
    }

    @Test
    void cookieWithALifetimeSaysSo() {
        assertThat(https.create(https.flow(), "v", Duration.ofMinutes(60)).toString())
                .contains("Max-Age=3600");
    }
}
