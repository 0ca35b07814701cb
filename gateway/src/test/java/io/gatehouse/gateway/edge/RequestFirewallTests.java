package io.gatehouse.gateway.edge;

import io.gatehouse.gateway.problem.GatewayException;
import io.gatehouse.gateway.problem.ProblemType;
import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
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
                "/a%3Bx"
            })
    void pathThatTwoProgramsCouldReadDifferentlyIsRefused(String path) {
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

    private static boolean isProblem(Throwable failure, ProblemType type) {
        return failure instanceof GatewayException named && named.type() == type;
    }

    private static Mono<Void> filter(HttpMethod method, String path) {
        var request = MockServerHttpRequest.method(method, URI.create("http://localhost" + path))
                .build();
        return new RequestFirewall().filter(MockServerWebExchange.from(request), exchange -> Mono.empty());
    }
}
