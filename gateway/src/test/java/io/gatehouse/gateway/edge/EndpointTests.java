package io.gatehouse.gateway.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import org.springframework.web.server.MethodNotAllowedException;
import org.springframework.web.server.ResponseStatusException;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

class EndpointTests {

    private final Endpoint endpoint = new Endpoint("/auth/x", Set.of(HttpMethod.GET), exchange -> Mono.empty());

    @Test
    void methodItAnswersIsHandled() {
        StepVerifier.create(call(endpoint, HttpMethod.GET)).verifyComplete();
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "HEAD", "OPTIONS"})
    void otherMethodIsRefused(String method) {
        StepVerifier.create(call(endpoint, HttpMethod.valueOf(method))).verifyError(MethodNotAllowedException.class);
    }

    @Test
    void whatOnlyShowsSomethingAnswersHeadToo() {
        Endpoint showing = new Endpoint("/auth/x", Endpoint.LOOKING, exchange -> Mono.empty());

        StepVerifier.create(call(showing, HttpMethod.HEAD)).verifyComplete();
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "POST", "OPTIONS"})
    void endpointThatIsSwitchedOffIsNotFound(String method) {
        StepVerifier.create(call(Endpoint.missing("/auth/x"), HttpMethod.valueOf(method)))
                .verifyErrorSatisfies(failure -> assertThat(failure)
                        .isInstanceOfSatisfying(
                                ResponseStatusException.class,
                                it -> assertThat(it.getStatusCode()).isEqualTo(HttpStatus.NOT_FOUND)));
    }

    @Test
    void pathsHaveToBePlainAndDistinct() {
        EndpointPaths good = paths("/in", "/cb");
        EndpointPaths repeated = paths("/in", "/in");
        EndpointPaths pattern = paths("/**", "/cb");

        assertThat(good.arePlainAndDistinct()).isTrue();
        assertThat(repeated.arePlainAndDistinct()).isFalse();
        assertThat(pattern.arePlainAndDistinct()).isFalse();
        assertThat(good.below("/auth").signIn()).isEqualTo("/auth/in");
    }

    private static EndpointPaths paths(String signIn, String callback) {
        return new EndpointPaths(
                signIn,
                callback,
                "/init",
                "/out",
                "/bye",
                "/me",
                "/mine",
                "/form",
                "/org",
                "/bcl",
                "/hook",
                "/keys",
                "/verify",
                "/hash.js",
                "/notice.js");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "auth", "/auth/", "/a//b", "/*", "/a b", "/.."})
    void basePathHasToBeAPlainPath(String configured) {
        assertThatIllegalArgumentException().isThrownBy(() -> BasePath.of(configured));
    }

    private static Mono<Void> call(Endpoint endpoint, HttpMethod method) {
        return endpoint.handle(MockServerWebExchange.from(MockServerHttpRequest.method(method, "/auth/x")));
    }
}
