package io.gatehouse.gateway.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;

/**
 * What redirect parameters of other gateways have let through (the inputs of their advisories), and what must go on
 * working.
 */
class ReturnToTests {

    private static final PublicUrl APP = PublicUrl.of("https://app.example");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/books",
                "/books/42?sort=title&page=2",
                "/search?q=a%20b&next=//elsewhere",
                "/a;b",
                "/caf%C3%A9",
                "/x?time=10:30",
                "/x#part",
                "/x#a//b/../c%2Fd",
                "/.well-known/x",
                "/a..b/c.d"
            })
    void pathOnThisGatewayIsKeptAsItIs(String path) {
        assertThat(ReturnTo.orHome(path).path()).isEqualTo(path);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "//evil.example/",
                "///evil.example",
                "/\\evil.example",
                "/%5cevil.example",
                "/%5Cevil.example",
                "/%255cevil.example",
                "/%2f%5cevil.example",
                "/\tevil.example",
                "/\t/evil.example",
                "/%09/evil.example",
                "/%0a//evil.example",
                "/%0d/evil",
                "/%00/evil",
                "/\n//evil.example",
                "/\u000b/\\evil.example",
                "/.//evil.example",
                "/..//evil.example",
                "/%2e%2e//evil.example",
                "/a/../b",
                "/a/%2E%2E/b",
                "/a//b",
                "/a/..#b",
                "/a//b#c",
                "https://evil.example/",
                "https://app.example.evil.example/",
                "https://app.example@evil.example/",
                "https:/evil.example",
                "https:evil.example",
                "javascript:alert(1)",
                "data:text/html,x",
                "evil.example",
                "\\\\evil.example",
                " /evil",
                "",
                "/ü",
                "/a b",
                "/\u3002evil.example",
                "/<script>"
            })
    void whateverCouldLeaveThisGatewayIsHome(String requested) {
        assertThat(ReturnTo.orHome(requested, APP)).isEqualTo(ReturnTo.HOME);
        if (!requested.isEmpty()) {
            assertThatIllegalArgumentException().isThrownBy(() -> new ReturnTo(requested));
        }
    }

    @Test
    void absoluteUrlOfThisVeryOriginIsItsPath() {
        assertThat(ReturnTo.orHome("https://app.example/books?x=1", APP).path()).isEqualTo("/books?x=1");
        assertThat(ReturnTo.orHome("https://app.example", APP)).isEqualTo(ReturnTo.HOME);
        assertThat(ReturnTo.orHome("https://app.example//evil.example", APP)).isEqualTo(ReturnTo.HOME);
        assertThat(ReturnTo.orHome("https://app.example:8443/", APP)).isEqualTo(ReturnTo.HOME);
    }

    @Test
    void requestIsRememberedWithItsQuery() {
        var request = MockServerHttpRequest.get("https://app.example/books?sort={sort}", "title a")
                .build();

        assertThat(ReturnTo.of(request).path()).isEqualTo("/books?sort=title%20a");
    }

    @Test
    void belowIsDecidedOnSegmentsAndWithoutTheQuery() {
        assertThat(new ReturnTo("/auth?x").isBelow("/auth")).isTrue();
        assertThat(new ReturnTo("/auth#x?y").isBelow("/auth")).isTrue();
        assertThat(new ReturnTo("/auth/sign-in").isBelow("/auth")).isTrue();
        assertThat(new ReturnTo("/authors").isBelow("/auth")).isFalse();
        assertThat(new ReturnTo("/x?y=/auth/").isBelow("/auth")).isFalse();
    }

    @Test
    void isEncodedAsOneQueryParameter() {
        assertThat(new ReturnTo("/books?a=1&b=2").encoded()).isEqualTo("%2Fbooks%3Fa%3D1%26b%3D2");
    }
}
