package io.gatehouse.gateway.edge;

import io.gatehouse.gateway.problem.GatewayException;
import io.gatehouse.gateway.problem.ProblemType;
import java.net.URI;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpMethod;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

class RequestFirewallTests {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/public/../admin",
                "/public/%2e%2e/admin",
                "/public/%2E./admin",
                "/public/%252e%252e/admin",
                "/public/..;/admin",
                "/public//../admin",
                "/public/.%2e/admin",
                "/public/.",
                "//admin",
                "/admin//",
                "/a%2fb",
                "/a%2Fb",
                "/a%252fb",
                "/a%25252fb",
                "/a%5cb",
                "/a%255Cb",
                "/a%00",
                "/a;x=1",
                "/a%3Bx",
                "/public/%c0%ae%c0%ae/admin",
                "/public/%C1%9Cadmin",
                "/public/..%20/admin",
                "/public/..%09",
                "/public/%25252525252e",
                "/a%2525c0%2525af"
            })
    void s27PathThatTwoProgramsCouldReadDifferentlyIsRefused(String path) {
        StepVerifier.create(filter(HttpMethod.GET, path))
                .verifyErrorMatches(failure -> isProblem(failure, ProblemType.AMBIGUOUS_PATH));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/books",
                "/books/",
                "/a%20b",
                "/caf%C3%A9",
                "/100%25",
                "/.well-known/x",
                "/a..b",
                "/.../x",
                "/x?path=/../y",
                "/x?a=b;c&d=//e%2f"
            })
    void ordinaryPathPasses(String path) {
        StepVerifier.create(filter(HttpMethod.GET, path)).verifyComplete();
    }

    @ParameterizedTest
    @ValueSource(strings = {"TRACE", "TRACK", "CONNECT", "PROPFIND", "get"})
    void methodThatNobodyExpectsIsRefused(String method) {
        StepVerifier.create(filter(HttpMethod.valueOf(method), "/"))
                .verifyErrorMatches(failure -> isProblem(failure, ProblemType.METHOD_NOT_ALLOWED));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/caf\u00e9", "/x?q=\u00e9"})
    void whatIsNotAsciiHasToBeEncoded(String target) {
        StepVerifier.create(filter(HttpMethod.GET, target))
                .verifyErrorMatches(failure -> isProblem(failure, ProblemType.AMBIGUOUS_PATH));
    }

    @ParameterizedTest
    @ValueSource(strings = {"app.example", "localhost:8080", "app.example.:443", "[::1]:8080", "10.0.0.1"})
    void hostThatNamesAHostPasses(String host) {
        StepVerifier.create(filter(request("/").header("Host", host))).verifyComplete();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a/b", "a@b", "a,b", "[::1", "a:b", "a:123456", "a#b"})
    void hostThatCouldMeanAnythingIsRefused(String host) {
        StepVerifier.create(filter(request("/").header("Host", host)))
                .verifyErrorMatches(failure -> isProblem(failure, ProblemType.INVALID_REQUEST));
    }

    @Test
    void twoHostsAreRefused() {
        StepVerifier.create(filter(request("/").header("Host", "a.example", "b.example")))
                .verifyErrorMatches(failure -> isProblem(failure, ProblemType.INVALID_REQUEST));
    }

    @Test
    void moreMediaTypesThanABrowserNamesAreRefused() {
        StepVerifier.create(filter(request("/").header("Accept", "a/b" + ",a/b".repeat(49))))
                .verifyComplete();
        StepVerifier.create(filter(request("/").header("Accept", "a/b" + ",a/b".repeat(50))))
                .verifyErrorMatches(failure -> isProblem(failure, ProblemType.INVALID_REQUEST));
    }

    @ParameterizedTest
    @CsvSource({
        "Upgrade, key, 13, true",
        "'keep-alive, upgrade', key, 13, true",
        "keep-alive, key, 13, false",
        ", key, 13, false",
        "Upgrade, , 13, false",
        "Upgrade, key, , false"
    })
    void halfAWebSocketHandshakeIsRefused(String connection, String key, String version, boolean passes) {
        var request = request("/").header("Upgrade", "WebSocket");
        Stream.of(new String[] {"Connection", connection}, new String[] {"Sec-WebSocket-Key", key}, new String[] {
                    "Sec-WebSocket-Version", version
                })
                .filter(header -> header[1] != null)
                .forEach(header -> request.header(header[0], header[1]));

        StepVerifier.Step<Void> step = StepVerifier.create(filter(request));
        if (passes) {
            step.verifyComplete();
        } else {
            step.verifyErrorMatches(failure -> isProblem(failure, ProblemType.INVALID_REQUEST));
        }
    }

    /** Routes would be chosen by what follows the prefix, and the upstream sent all of it. */
    @Test
    void pathThatAProxyHasShortenedIsRefused() {
        StepVerifier.create(filter(request("/prefix/admin").contextPath("/prefix")))
                .verifyErrorMatches(failure -> isProblem(failure, ProblemType.AMBIGUOUS_PATH));
    }

    private static boolean isProblem(Throwable failure, ProblemType type) {
        return failure instanceof GatewayException named && named.type() == type;
    }

    private static Mono<Void> filter(HttpMethod method, String path) {
        return filter(MockServerHttpRequest.method(method, URI.create("http://localhost" + path)));
    }

    private static MockServerHttpRequest.BodyBuilder request(String path) {
        return MockServerHttpRequest.method(HttpMethod.GET, URI.create("http://localhost" + path));
    }

    private static Mono<Void> filter(MockServerHttpRequest.BaseBuilder<?> request) {
        return new RequestFirewall().filter(MockServerWebExchange.from(request), exchange -> Mono.empty());
    }
}
