package io.gatehouse.gateway.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.gatehouse.gateway.fixture.TestCertificates;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TlsRuleTests {

    private static final TestCertificates FILES = TestCertificates.issued("tls-rule");

    @Test
    void withoutSettingsNothingIsSpecial() {
        assertThat(rule(Map.of()).isUsed()).isFalse();
        assertThat(rule(Map.of("server-name", "app.internal")).isUsed()).isTrue();
        assertThat(rule(Map.of("ca", FILES.ca().toString())).isUsed()).isTrue();
    }

    @Test
    void certificateAndItsKeyComeTogether() {
        TlsRule both = rule(pair(FILES.clientCertificate(), FILES.clientKey()));
        TlsRule certificate =
                rule(Map.of("certificate", FILES.clientCertificate().toString()));
        TlsRule key = rule(Map.of("key", FILES.clientKey().toString()));

        assertThat(both.isKeyOfCertificate()).isTrue();
        assertThat(certificate.isKeyGiven()).isFalse();
        assertThat(key.isCertificateGiven()).isFalse();
        assertThat(both.isKeyGiven() && both.isCertificateGiven()).isTrue();
    }

    @Test
    void keyOfAnotherCertificateIsRefused() {
        assertThat(rule(pair(FILES.clientCertificate(), FILES.serverKey())).isKeyOfCertificate())
                .isFalse();
        assertThat(rule(pair(FILES.ca(), FILES.clientKey())).isKeyOfCertificate())
                .isFalse();
    }

    @Test
    void fileIsReadWhenItIsNamed() {
        assertThat(PemCertificates.of(FILES.ca().toString()).certificates()).hasSize(1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PemCertificates.of("nowhere.pem"))
                .withMessageStartingWith("cannot be read");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PemCertificates.of(FILES.clientKey().toString()))
                .withMessageStartingWith("has no certificate");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PemKey.of(FILES.ca().toString()))
                .withMessageStartingWith("has no private key");
    }

    @Test
    void keyIsNeverPrinted() {
        PemKey key = PemKey.of(FILES.clientKey().toString());

        assertThat(key).hasToString(FILES.clientKey().toString());
        assertThat(rule(pair(FILES.clientCertificate(), FILES.clientKey())).toString())
                .doesNotContain("PRIVATE", "PrivateKey");
    }

    @ParameterizedTest
    @CsvSource({
        "app.internal, true",
        "app, true",
        "1.app, true",
        "127.0.0.1, false",
        "app:8443, false",
        "https://app, false",
        "app., false",
        "-app, false",
        "a..b, false"
    })
    void serverNameIsAHostName(String name, boolean isOne) {
        assertThat(rule(Map.of("server-name", name)).isServerNamePlain()).isEqualTo(isOne);
    }

    private static Map<String, String> pair(Path certificate, Path key) {
        return Map.of("certificate", certificate.toString(), "key", key.toString());
    }

    private static TlsRule rule(Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(Map.of("id", "r", "path", "/**", "upstream", "https://app"));
        settings.forEach((key, value) -> all.put("tls." + key, value));
        return RouteProperties.of(all).tls();
    }
}
