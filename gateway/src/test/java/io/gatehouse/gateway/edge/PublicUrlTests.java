package io.gatehouse.gateway.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PublicUrlTests {

    @ParameterizedTest
    @CsvSource({
        "https://app.example.com, https://app.example.com",
        "https://App.Example.com/, https://app.example.com",
        "https://app.example.com:443, https://app.example.com",
        "https://app.example.com:8443, https://app.example.com:8443",
        "http://localhost:8080, http://localhost:8080",
        "http://app.localhost, http://app.localhost",
        "http://127.0.0.1:80, http://127.0.0.1",
        "http://[::1]:8080, http://[::1]:8080"
    })
    void isReducedToItsOrigin(String configured, String origin) {
        assertThat(PublicUrl.of(configured).origin()).isEqualTo(origin);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://app.example.com",
                "http://localhost.example.com",
                "http://127.0.0.1.example.com",
                "http://notlocalhost",
                "ftp://app.example.com",
                "app.example.com",
                "https://app.example.com/path",
                "https://app.example.com?x=1",
                "https://app.example.com#x",
                "https://user@app.example.com",
                "https://",
                ""
            })
    void isRefusedWhereABrowserCouldNotSafelyBeSent(String configured) {
        assertThatIllegalArgumentException().isThrownBy(() -> PublicUrl.of(configured));
    }

    @Test
    void sameOriginIsTheConfiguredOneAndNotWhatHostSays() {
        PublicUrl publicUrl = PublicUrl.of("https://app.example.com");

        assertThat(publicUrl.isSameOrigin("https://app.example.com", "app.example.com"))
                .isTrue();
        assertThat(publicUrl.isSameOrigin("https://evil.example", "evil.example"))
                .isFalse();
        assertThat(publicUrl.isSameOrigin("http://app.example.com", "app.example.com"))
                .isFalse();
        assertThat(publicUrl.isSameOrigin("null", "app.example.com")).isFalse();
    }

    @Test
    void onLocalhostTheOtherReplicasPortIsTheSameOrigin() {
        PublicUrl publicUrl = PublicUrl.of("http://localhost:8080");

        assertThat(publicUrl.isSameOrigin("http://localhost:8081", "localhost:8081"))
                .isTrue();
        assertThat(publicUrl.isSameOrigin("http://localhost:3000", "localhost:8081"))
                .isFalse();
        assertThat(publicUrl.isSameOrigin("http://evil.example:8081", "evil.example:8081"))
                .isFalse();
    }
}
