package io.gatehouse.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class StartupReportTests {

    @Test
    void classThatLogtoNeverNamesIsWarnedOf(CapturedOutput output) {
        report(Map.of("routes[0].sign-in.acr", "phr"));

        assertThat(output).contains("route vault asks for sign-in.acr, and Logto sends no acr");
    }

    @Test
    void hostThatIsNotOursIsWarnedOf(CapturedOutput output) {
        report(Map.of("routes[0].host", "other.example,*.app.example"));

        assertThat(output).contains("route vault is for [other.example, *.app.example], which is not the host of");
    }

    @Test
    void routeOfTheUsualKindIsNot(CapturedOutput output) {
        report(Map.of("routes[0].host", "other.example,app.example"));
        report(Map.of("routes[0].host", "other.example", "routes[0].access", "public"));

        assertThat(output).doesNotContain("route vault");
    }

    private static void report(Map<String, String> more) {
        Map<String, String> configured = new TreeMap<>(Map.of(
                "public-url", "https://app.example",
                "logto.endpoint", "https://logto.example",
                "logto.app-id", "app",
                "logto.app-secret", "secret",
                "routes[0].id", "vault",
                "routes[0].path", "/vault/**",
                "routes[0].upstream", "http://app:3000"));
        configured.putAll(more);
        Binder binder = new Binder(new MapConfigurationPropertySource(configured));
        new StartupReport(binder.bindOrCreate("", GatehouseProperties.class)).afterPropertiesSet();
    }
}
