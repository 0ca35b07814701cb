package io.gatehouse.gateway.login;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.gateway.edge.PublicUrl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;

class CircumstanceTests {

    private static final PublicUrl APP = PublicUrl.of("https://app.example");

    @ParameterizedTest
    @CsvSource({
        "Host, app.example, USUAL",
        "Host, APP.example:8443, USUAL",
        "Host, intranet, ELSEWHERE",
        "Host, app.example.evil.example, ELSEWHERE",
        "Host, '', ELSEWHERE",
        "Host, a b, ELSEWHERE",
        "X-Forwarded-Host, 'app.example, proxy', USUAL",
        "X-Forwarded-Host, intranet, ELSEWHERE",
        "X-Forwarded-Proto, http, WITHOUT_TLS",
        "X-Forwarded-Proto, 'HTTP, https', WITHOUT_TLS",
        "X-Forwarded-Proto, https, USUAL",
        "User-Agent, Mozilla/5.0, WITHOUT_TLS",
        "User-Agent, curl/8, USUAL"
    })
    void headerSaysHowSomebodyCame(String name, String value, Circumstance expected) {
        var request = MockServerHttpRequest.get("/books").header("Host", "app.example");
        if (name.equals("Host")) {
            request = MockServerHttpRequest.get("/books");
        }

        assertThat(Circumstance.of(request.header(name, value).build(), APP)).isEqualTo(expected);
    }

    @Test
    void browserThatSendsFetchMetadataCameByTls() {
        var request = MockServerHttpRequest.get("/books")
                .header("Host", "app.example")
                .header("User-Agent", "Mozilla/5.0")
                .header("Sec-Fetch-Site", "none");

        assertThat(Circumstance.of(request.build(), APP)).isEqualTo(Circumstance.USUAL);
    }

    @Test
    void plainHttpIsUsualWhereThePublicUrlIs() {
        var request = MockServerHttpRequest.get("/books")
                .header("Host", "localhost:8081")
                .header("X-Forwarded-Proto", "http");

        assertThat(Circumstance.of(request.build(), PublicUrl.of("http://localhost:8080")))
                .isEqualTo(Circumstance.USUAL);
    }

    @ParameterizedTest
    @EnumSource
    void travelsAtTheEndOfTheState(Circumstance circumstance) {
        String state = circumstance.tag("state");

        assertThat(Circumstance.endOf(state)).isEqualTo(circumstance);
        assertThat(circumstance.untag(state)).isEqualTo("state");
    }
}
