package io.gatehouse.gateway.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.gateway.edge.EndpointPaths;
import io.gatehouse.gateway.edge.GatewayCookies;
import io.gatehouse.gateway.edge.PublicUrl;
import io.gatehouse.gateway.problem.GatewayException;
import io.gatehouse.gateway.problem.ProblemType;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.http.server.reactive.MockServerHttpResponse;
import org.springframework.mock.web.server.MockServerWebExchange;
import org.springframework.web.server.ResponseStatusException;
import reactor.test.StepVerifier;

class ProblemWebExceptionHandlerTests {

    private static final PublicUrl APP = PublicUrl.of("https://app.example");
    private static final EndpointPaths PATHS = new EndpointPaths(
                    "/sign-in",
                    "/callback",
                    "/initiate",
                    "/sign-out",
                    "/signed-out",
                    "/session",
                    "/sessions",
                    "/form",
                    "/organization",
                    "/backchannel-logout",
                    "/webhooks/logto",
                    "/jwks",
                    "/verify",
                    "/assets/keep-fragment.js",
                    "/assets/expiry-notice.js")
            .below("/auth");

    private final ProblemWebExceptionHandler handler = new ProblemWebExceptionHandler(
            TestDesign.answers(APP, PATHS), new ProblemPages(PATHS, List.of()), APP, PATHS, new GatewayCookies(APP));

    @Test
    void scriptLearnsWhereToSignIn() {
        var request = MockServerHttpRequest.get("/api/books").header("Referer", "https://app.example/books?x=1");

        MockServerHttpResponse response = handle(request, GatewayException.of(ProblemType.SIGN_IN_REQUIRED));

        assertThat(response.getStatusCode()).isEqualTo(HttpStatus.UNAUTHORIZED);
        assertThat(response.getHeaders().getFirst("WWW-Authenticate"))
                .isEqualTo(
                        "Cookie realm=\"gatehouse\", form-action=\"/auth/sign-in\", cookie-name=\"__Host-gatehouse\"");
        assertThat(body(response))
                .contains("\"type\":\"urn:gatehouse:problem:sign-in-required\"", "\"status\":401", "\"correlationId\"")
                .contains("\"signInUrl\":\"https://app.example/auth/sign-in?return_to=%2Fbooks%3Fx%3D1\"");
    }

    @Test
    void anotherServiceIsNotAskedToSignIn() {
        MockServerHttpResponse response =
                handle(MockServerHttpRequest.post("/"), GatewayException.of(ProblemType.SIGNATURE_INVALID));

        assertThat(response.getStatusCode()).isEqualTo(HttpStatus.UNAUTHORIZED);
        assertThat(response.getHeaders().getFirst("WWW-Authenticate")).isEqualTo("Signature realm=\"gatehouse\"");
        assertThat(body(response)).doesNotContain("signInUrl");
    }

    /** No page and no way to sign in, whatever an API client accepts. */
    @Test
    void clientWithABadTokenIsToldSoAsAProgram() {
        var request = MockServerHttpRequest.get("/api/books")
                .header("Accept", "text/html")
                .header("Sec-Fetch-Mode", "navigate")
                .header("Sec-Fetch-Dest", "document");

        MockServerHttpResponse response = handle(request, GatewayException.of(ProblemType.TOKEN_INVALID, "detail"));

        assertThat(response.getStatusCode()).isEqualTo(HttpStatus.UNAUTHORIZED);
        assertThat(response.getHeaders().getFirst("WWW-Authenticate")).isEqualTo("Bearer error=\"invalid_token\"");
        assertThat(response.getHeaders().getContentType()).isEqualTo(MediaType.APPLICATION_PROBLEM_JSON);
        assertThat(body(response)).contains("token-invalid").doesNotContain("signInUrl", "detail\":\"detail");
    }

    @Test
    void foreignRefererIsNoPlaceToReturnTo() {
        var request = MockServerHttpRequest.get("/api/books").header("Referer", "https://evil.example/books");

        assertThat(body(handle(request, GatewayException.of(ProblemType.SIGN_IN_REQUIRED))))
                .contains("return_to=%2F\"");
    }

    @ParameterizedTest
    @EnumSource(ProblemType.class)
    void everyProblemHasAnAnswerThatSaysNothingOfItsCause(ProblemType type) {
        var failure = GatewayException.of(type, "token=secret", new IllegalStateException("10.0.0.7 said secret"));

        MockServerHttpResponse page = handle(MockServerHttpRequest.get("/").header("Accept", "text/html"), failure);
        MockServerHttpResponse json = handle(MockServerHttpRequest.get("/"), failure);

        assertThat(page.getStatusCode()).isEqualTo(json.getStatusCode()).isEqualTo(type.status());
        assertThat(json.getHeaders().getContentType()).hasToString("application/problem+json");
        assertThat(body(page) + body(json)).contains(type.slug()).doesNotContain("secret", "10.0.0.7");
    }

    @ParameterizedTest
    @EnumSource(ProblemType.class)
    void ownAnswersAreNeverStoredFramedOrSniffed(ProblemType type) {
        MockServerHttpResponse response =
                handle(MockServerHttpRequest.head("/").header("Accept", "text/html"), GatewayException.of(type));

        assertThat(response.getHeaders().getCacheControl()).isEqualTo("no-store");
        assertThat(response.getHeaders().getFirst("X-Frame-Options")).isEqualTo("DENY");
        assertThat(response.getHeaders().getFirst("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(response.getHeaders().getFirst("Strict-Transport-Security")).contains("max-age=31536000");
        assertThat(response.getHeaders().getFirst("Content-Security-Policy")).contains("default-src 'none'");
    }

    @Test
    void temporaryProblemSaysWhenToTryAgainAndItsPageDoes() {
        var request = MockServerHttpRequest.get("/books?x=1").header("Accept", "text/html");

        MockServerHttpResponse response = handle(request, GatewayException.of(ProblemType.SESSION_STORE_UNAVAILABLE));

        assertThat(response.getHeaders().getFirst("Retry-After")).isEqualTo("5");
        assertThat(body(response)).contains("tries again by itself", "href=\"/books?x=1\"");
        assertThat(response.getHeaders().getFirst("Refresh")).isEqualTo("5");
    }

    @Test
    void defectIsTriedAgainByItsReaderOnly() {
        var failure = GatewayException.of(ProblemType.INTERNAL_ERROR);

        MockServerHttpResponse get =
                handle(MockServerHttpRequest.get("/books?x=1").header("Accept", "text/html"), failure);
        MockServerHttpResponse post =
                handle(MockServerHttpRequest.post("/books?x=1").header("Accept", "text/html"), failure);

        assertThat(body(get)).contains("href=\"/books?x=1\"");
        assertThat(get.getHeaders().getFirst("Refresh")).isNull();
        assertThat(body(post)).doesNotContain("href=\"/books?x=1\"");
    }

    @Test
    void sessionThatCannotBeReadCanBeLeftFromItsPage() {
        var request = MockServerHttpRequest.get("/books").header("Accept", "text/html");

        assertThat(body(handle(request, GatewayException.of(ProblemType.SESSION_UNREADABLE))))
                .contains("href=\"/auth/sign-out\"", ">Sign out</a>");
    }

    @Test
    void whatIsNotLoadedAgainDoesNotClaimToBe() {
        var form = MockServerHttpRequest.post("/books").header("Accept", "text/html");
        var script = MockServerHttpRequest.get("/api/books");
        var misconfigured = MockServerHttpRequest.get("/books").header("Accept", "text/html");

        MockServerHttpResponse answerToForm = handle(form, GatewayException.of(ProblemType.UPSTREAM_TIMEOUT));
        assertThat(body(answerToForm)).doesNotContain("by itself");
        assertThat(answerToForm.getHeaders().containsHeader("Refresh")).isFalse();
        assertThat(body(handle(script, GatewayException.of(ProblemType.UPSTREAM_TIMEOUT))))
                .doesNotContain("by itself");
        MockServerHttpResponse response =
                handle(misconfigured, GatewayException.of(ProblemType.PROVIDER_MISCONFIGURED));
        assertThat(body(response)).doesNotContain("by itself");
        assertThat(response.getHeaders().containsHeader("Refresh")).isFalse();
        assertThat(response.getHeaders().containsHeader("Retry-After")).isFalse();
    }

    @Test
    void personReadsOfAProblemInTheirLanguageAndAScriptInEnglish() {
        var navigation = MockServerHttpRequest.get("/x")
                .header("Accept", "text/html")
                .header("Accept-Language", "zh-CN,zh;q=0.9");
        var script = MockServerHttpRequest.get("/x").header("Accept-Language", "zh-CN,zh;q=0.9");

        MockServerHttpResponse page = handle(navigation, GatewayException.of(ProblemType.NOT_FOUND));
        MockServerHttpResponse json = handle(script, GatewayException.of(ProblemType.NOT_FOUND));

        assertThat(body(page)).contains("<html lang=\"zh\">", "页面不存在", "返回首页", "not-found");
        assertThat(page.getHeaders().getFirst("Content-Language")).isEqualTo("zh");
        assertThat(page.getHeaders().getVary()).containsExactly("Accept-Language");
        assertThat(body(json)).contains("\"title\":\"Page not found\"");
        assertThat(json.getHeaders().containsHeader("Content-Language")).isFalse();
    }

    @Test
    void callbackIsLoadedAgainWithoutShowingItsAddressAndTellsNobodyWhereItCameFrom() {
        var request = MockServerHttpRequest.get("/auth/callback?code=secret").header("Accept", "text/html");

        MockServerHttpResponse response = handle(request, GatewayException.of(ProblemType.SESSION_STORE_UNAVAILABLE));

        assertThat(body(response)).contains("Sign in again").doesNotContain("secret");
        assertThat(response.getHeaders().getFirst("Refresh")).isEqualTo("5");
        assertThat(response.getHeaders().getFirst("Referrer-Policy")).isEqualTo("no-referrer");
    }

    @Test
    void failureAfterTheFirstByteGoesOnWithoutTheAddress() {
        var exchange = MockServerWebExchange.from(MockServerHttpRequest.get("/"));
        exchange.getResponse().setComplete().block();
        var failure = new IllegalStateException("boom");
        failure.addSuppressed(new RuntimeException("checkpoint: GET /echo?access_token=secret"));

        StepVerifier.create(handler.handle(exchange, failure))
                .expectErrorSatisfies(passedOn -> {
                    assertThat(passedOn).hasMessageContaining("boom");
                    assertThat(passedOn.getSuppressed()).isEmpty();
                })
                .verify();
    }

    @Test
    void loggedDefectDoesNotNameTheAddress() {
        var failure = new IllegalStateException("boom", new IllegalArgumentException("why"));
        failure.addSuppressed(new RuntimeException("checkpoint: GET /auth/callback?code=secret"));

        var logged = new StringWriter();
        Defect.of(failure).printStackTrace(new PrintWriter(logged));

        assertThat(logged.toString())
                .contains("IllegalStateException: boom", "IllegalArgumentException: why", "loggedDefectDoesNot")
                .doesNotContain("secret");
    }

    @Test
    void statusSpringChoseIsKept() {
        var tooLarge = new ResponseStatusException(HttpStatus.CONTENT_TOO_LARGE);

        assertThat(handle(MockServerHttpRequest.get("/"), tooLarge).getStatusCode())
                .isEqualTo(HttpStatus.CONTENT_TOO_LARGE);
        assertThat(handle(MockServerHttpRequest.get("/"), new ResponseStatusException(HttpStatus.NOT_FOUND))
                        .getStatusCode())
                .isEqualTo(HttpStatus.NOT_FOUND);
    }

    @Test
    void whateverElseIsThrownIsADefect() {
        MockServerHttpResponse response = handle(MockServerHttpRequest.get("/"), new IllegalStateException("secret"));

        assertThat(response.getStatusCode()).isEqualTo(HttpStatus.INTERNAL_SERVER_ERROR);
        assertThat(body(response)).contains("internal-error").doesNotContain("secret");
    }

    private MockServerHttpResponse handle(MockServerHttpRequest.BaseBuilder<?> request, Throwable failure) {
        var exchange = MockServerWebExchange.from(request);
        StepVerifier.create(handler.handle(exchange, failure)).verifyComplete();
        return exchange.getResponse();
    }

    private static String body(MockServerHttpResponse response) {
        return Objects.requireNonNullElse(response.getBodyAsString().block(), "");
    }
}
