package io.gatehouse.gateway.login;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class LoginPropertiesTests {

    @Test
    void everySignInAsksForWhatIsConfigured() {
        LoginProperties login = login(Map.of(
                "first-screen", "register",
                "ui-locales", "zh-CN en",
                "parameters.hd", "acme.test"));

        assertThat(login.defaults())
                .isEqualTo(Map.of("first_screen", "register", "ui_locales", "zh-CN en", "hd", "acme.test"));
        assertThat(login(Map.of()).defaults()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "https://acme.okta.com, okta, https://other.okta.com, true",
        "http://localhost:9170, okta, https://other.okta.com/oauth2/default, true",
        "acme.okta.com, okta, https://other.okta.com, false",
        "https://acme.okta.com, '', https://other.okta.com, false",
        "'', okta, https://other.okta.com, false",
        "https://acme.okta.com, okta, https://acme.okta.com, false"
    })
    void portalsAreWholeAndDifferent(String issuer, String connector, String other, boolean complete) {
        LoginProperties login = login(Map.of(
                "portals[0].issuer", issuer,
                "portals[0].connector", connector,
                "portals[1].issuer", other,
                "portals[1].connector", "entra"));

        assertThat(login.isPortalsComplete()).isEqualTo(complete);
        assertThat(login.connectors()).contains("entra");
    }

    private static LoginProperties login(Map<String, String> configured) {
        return new Binder(new MapConfigurationPropertySource(configured)).bindOrCreate("", LoginProperties.class);
    }
}
