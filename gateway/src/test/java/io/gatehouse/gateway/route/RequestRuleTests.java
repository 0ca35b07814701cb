package io.gatehouse.gateway.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestRuleTests {

    @ParameterizedTest
    @CsvSource({
        "/api, '', /api/books, /books",
        "/api, '', /api/, /",
        "/api, '', /api, /",
        "/api, '', /apiary, /apiary",
        "/api/v1, '', /api/v1/a%20b, /a%20b",
        "'', /v1, /books, /v1/books",
        "'', /v1, /, /v1/",
        "/api, /v1, /api/books, /v1/books",
        "/api, /v1, /api, /v1",
        "/api, /v1, /api/, /v1/",
        "'', '', /a/%2541, /a/%2541",
    })
    void pathIsRewrittenAsItIsWritten(String strip, String add, String asked, String sent) {
        RequestRule rule = route(Map.of("request.strip-prefix", strip, "request.add-prefix", add))
                .request();

        assertThat(rule.rewritten(asked)).isEqualTo(sent);
    }

    @ParameterizedTest
    @ValueSource(strings = {"api", "/", "/api/", "//api", "/a?b", "/..", "/a/../b", "/./a", "/%2e%2e", "/a;b"})
    void prefixIsAPlainPath(String prefix) {
        assertThat(route(Map.of("request.add-prefix", prefix)).isPrefixPlain()).isFalse();
    }

    @Test
    void prefixIsOneOfEveryPathOfTheRoute() {
        assertThat(route(Map.of("path", "/api/**,/api", "request.strip-prefix", "/api"))
                        .isPrefixStripped())
                .isTrue();
        assertThat(route(Map.of("path", "/api/**,/other", "request.strip-prefix", "/api"))
                        .isPrefixStripped())
                .isFalse();
        assertThat(route(Map.of("path", "/apiary/**", "request.strip-prefix", "/api"))
                        .isPrefixStripped())
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Host=x", "Content-Length=1", "X-Forwarded-For=1", "Cookie=a", "Transfer_Encoding=x"})
    void headerWithAMeaningOfItsOwnCannotBeSet(String header) {
        assertThat(isFree(Map.of("request.set-headers", header.replace('_', '-'))))
                .isFalse();
    }

    @Test
    void authorizationIsFreeWhereNoTokenIsRelayed() {
        Map<String, String> basic = Map.of("request.set-headers", "Authorization=Basic abc");

        assertThat(isFree(basic)).isTrue();
        assertThat(isFree(Map.of(
                        "request.set-headers", "Authorization=Basic abc",
                        "relay.token", "access",
                        "relay.resource", "https://api")))
                .isFalse();
        assertThat(route(basic).request()).asString().doesNotContain("abc");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length=1", "Transfer-Encoding=chunked", "Connection=close", "Set-Cookie=a=b"})
    void answerStaysFramedAsItIs(String header) {
        assertThat(route(Map.of("response.set-headers", header)).isResponseHeaderFree())
                .isFalse();
    }

    @Test
    void anythingElseOfAnAnswerCanBeChanged() {
        assertThat(route(Map.of(
                                "response.set-headers", "Cache-Control=no-cache,X-Frame-Options=DENY",
                                "response.remove-headers", "Server,Set-Cookie"))
                        .isResponseHeaderFree())
                .isTrue();
        assertThat(route(Map.of("response.remove-headers", "Content-Length")).isResponseHeaderFree())
                .isFalse();
        assertThat(route(Map.of("response.remove-headers", "X Y")).isResponseHeaderFree())
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({"upstream, true", "public, true", "app.internal:8080, true", "a b, false", "http://app, false"})
    void hostIsAName(String host, boolean isPlain) {
        assertThat(route(Map.of("request.host", host)).isHostPlain()).isEqualTo(isPlain);
    }

    private static boolean isFree(Map<String, String> settings) {
        return route(settings).isRequestHeaderFree();
    }

    private static RouteProperties route(Map<String, String> settings) {
        return RouteProperties.of(settings);
    }
}
