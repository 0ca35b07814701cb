package io.gatehouse.gateway.journey;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.Route;
import io.gatehouse.gateway.edge.Endpoint;
import io.gatehouse.gateway.fixture.Stage;
import io.gatehouse.gateway.fixture.TestGateway;
import io.gatehouse.gateway.problem.GatewayException;
import io.gatehouse.gateway.problem.ProblemType;
import io.gatehouse.gateway.session.Sessions;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * One of the gateway's own pages.
 *
 * @param name of its picture in {@code docs/pages}
 * @param shows what only this page says
 * @param way how somebody who has signed in comes to it
 */
record OwnPage(String name, String shows, Way way) {

    private static final String PROBLEM = "/auth/test/problem";

    /** On a route that keeps fragments. */
    private static final String WITH_FRAGMENT = "/api/fragment";

    private static final String FORM = """
        type => {
          const form = document.createElement('form');
          form.method = 'post';
          form.action = '/orders';
          form.enctype = type;
          const field = document.createElement('input');
          field.name = 'title';
          field.value = 'The Hobbit';
          form.append(field);
          document.body.append(form);
          form.submit();
        }
        """;

    /** Where a problem needs no help to occur. */
    private static final Map<ProblemType, String> PROVOKED = Map.of(
            ProblemType.NOT_FOUND, "/auth/nothing",
            ProblemType.INVALID_REQUEST, "/auth/sign-in?first_screen=none");

    /** Comes to a page, and returns what it was answered with. */
    @FunctionalInterface
    interface Way {
        Response go(Page page, Stage stage);
    }

    /** All of them, in an order in which one person can see them: a page that is not about a problem is added here. */
    static List<OwnPage> all() {
        Stream<OwnPage> problems = Arrays.stream(ProblemType.values())
                .filter(Predicate.not(ProblemType::asksForSignIn))
                .filter(Predicate.not(ProblemType::isForPrograms))
                .map(OwnPage::about);
        return Stream.of(ofEverybody(), problems, afterTheSession())
                .flatMap(Function.identity())
                .toList();
    }

    private static Stream<OwnPage> ofEverybody() {
        return Stream.of(
                new OwnPage("sign-out", "action=\"/auth/sign-out", at("/auth/sign-out")),
                new OwnPage("signed-out", "href=\"/auth/sign-in", at("/auth/signed-out")),
                new OwnPage("sessions", "class=\"entries\"", at("/auth/sessions")));
    }

    /** The first of them lets the session end, the last one needs a new one. */
    private static Stream<OwnPage> afterTheSession() {
        return Stream.of(
                new OwnPage("form-lost", "target=\"_blank\"", OwnPage::sendFileTooLate),
                new OwnPage("form-kept", "return_to=%2Fauth%2Fform", OwnPage::sendFormTooLate),
                new OwnPage("choice", "type=\"email\"", at("/books")),
                new OwnPage("fragment", "keep-fragment.js", OwnPage::stayWithTheFragment),
                new OwnPage("form", "action=\"/auth/form\"", OwnPage::signInForTheForm));
    }

    private static Way at(String path) {
        return (page, stage) -> page.navigate(stage.url(path));
    }

    private static Response sendFileTooLate(Page page, Stage stage) {
        stage.advance(Duration.ofMinutes(45));
        return send(page, stage, "multipart/form-data");
    }

    private static Response sendFormTooLate(Page page, Stage stage) {
        return send(page, stage, "application/x-www-form-urlencoded");
    }

    private static Response send(Page page, Stage stage, String type) {
        page.navigate(stage.url("/auth/signed-out"));
        return page.waitForResponse(stage.url("/orders"), () -> page.evaluate(FORM, type));
    }

    private static Response signInForTheForm(Page page, Stage stage) {
        sendFormTooLate(page, stage);
        page.locator(".action.first").click();
        return page.waitForResponse(
                stage.url("/auth/form?**"),
                () -> page.locator("a[href$='choice=false']").click());
    }

    /** Without the script and without waiting, both of which would go on. */
    private static Response stayWithTheFragment(Page page, Stage stage) {
        page.route("**/keep-fragment.js", Route::abort);
        page.route(stage.url(WITH_FRAGMENT), OwnPage::withoutRefresh);
        return page.navigate(stage.url(WITH_FRAGMENT));
    }

    private static void withoutRefresh(Route route) {
        APIResponse answer = route.fetch();
        Map<String, String> headers = new HashMap<>(answer.headers());
        headers.remove("refresh");
        route.fulfill(new Route.FulfillOptions().setResponse(answer).setHeaders(headers));
    }

    private static OwnPage about(ProblemType type) {
        String path = PROVOKED.getOrDefault(type, PROBLEM + "?type=" + type.name());
        return new OwnPage("problem-" + type.slug(), type.slug(), at(path));
    }

    /** Lets every problem occur on demand; how it is answered is the gateway's own business. */
    static Endpoint problems(TestGateway gateway) {
        return new Endpoint(PROBLEM, Endpoint.LOOKING, exchange -> fail(exchange, gateway.bean(Sessions.class)));
    }

    private static Mono<Void> fail(ServerWebExchange exchange, Sessions sessions) {
        ServerHttpResponse response = exchange.getResponse();
        // A page that loads itself again would do so while it is being looked at.
        response.beforeCommit(
                () -> Mono.fromRunnable(() -> response.getHeaders().remove("Refresh")));
        String type = exchange.getRequest().getQueryParams().getFirst("type");
        return sessions.current(exchange).then(Mono.error(() -> GatewayException.of(ProblemType.valueOf(type))));
    }

    @Override
    public String toString() {
        return name;
    }
}
