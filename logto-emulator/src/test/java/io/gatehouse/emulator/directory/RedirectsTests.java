package io.gatehouse.emulator.directory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RedirectsTests {

    @Test
    void redirectUrisAreExactStrings() {
        var redirects = redirects("http://localhost:8080/callback");

        assertThat(redirects.allowsRedirectTo("http://localhost:8080/callback")).isTrue();
        assertThat(redirects.allowsRedirectTo("http://localhost:8080/callback/"))
                .isFalse();
        assertThat(redirects.allowsRedirectTo("http://LOCALHOST:8080/callback")).isFalse();
        assertThat(redirects.allowsRedirectTo("http://localhost:8080/callback?a=b"))
                .isFalse();
    }

    @Test
    void wildcardStandsForPartOfOneLabel() {
        var redirects = redirects("https://pr-*.bookstore.test/callback");

        assertThat(redirects.allowsRedirectTo("https://pr-7.bookstore.test/callback"))
                .isTrue();
        assertThat(redirects.allowsRedirectTo("https://pr-7.x.bookstore.test/callback"))
                .isFalse();
        assertThat(redirects.allowsRedirectTo("https://pr-/evil.test/.bookstore.test/callback"))
                .isFalse();
        assertThat(redirects.allowsRedirectTo("https://pr-7.bookstore.test/other"))
                .isFalse();
    }

    private static Redirects redirects(String uri) {
        return new Redirects(List.of(uri), List.of(), null, false);
    }
}
