package io.gatehouse.gateway.journey;

import io.gatehouse.gateway.edge.Endpoint;
import io.gatehouse.gateway.problem.GatewayException;
import io.gatehouse.gateway.problem.ProblemType;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * One of the gateway's own pages.
 *
 * @param name of its picture in {@code docs/pages}
 * @param path where a signed-in person finds it
 * @param shows what only this page says
 */
record OwnPage(String name, String path, String shows) {

    private static final String PROBLEM = "/auth/test/problem";

    /** Where a problem needs no help to occur. */
    private static final Map<ProblemType, String> PROVOKED = Map.of(
            ProblemType.NOT_FOUND, "/auth/nothing",
            ProblemType.INVALID_REQUEST, "/auth/sign-in?first_screen=none");

    /** All of them: a page that is not about a problem is added here. */
    static List<OwnPage> all() {
        Stream<OwnPage> problems = Arrays.stream(ProblemType.values())
                .filter(Predicate.not(ProblemType::asksForSignIn))
                .filter(Predicate.not(ProblemType::isForPrograms))
                .map(OwnPage::about);
        return Stream.concat(
                        Stream.of(
                                new OwnPage("sign-out", "/auth/sign-out", "action=\"/auth/sign-out"),
                                new OwnPage("signed-out", "/auth/signed-out", "href=\"/auth/sign-in"),
                                new OwnPage("sessions", "/auth/sessions", "class=\"entries\"")),
                        problems)
                .toList();
    }

    private static OwnPage about(ProblemType type) {
        String path = PROVOKED.getOrDefault(type, PROBLEM + "?type=" + type.name());
        return new OwnPage("problem-" + type.slug(), path, type.slug());
    }

    /** Lets every problem occur on demand; how it is answered is the gateway's own business. */
    static Endpoint problems() {
        return new Endpoint(PROBLEM, Endpoint.LOOKING, OwnPage::fail);
    }

    private static Mono<Void> fail(ServerWebExchange exchange) {
        ServerHttpResponse response = exchange.getResponse();
        // A page that loads itself again would do so while it is being looked at.
        response.beforeCommit(
                () -> Mono.fromRunnable(() -> response.getHeaders().remove("Refresh")));
        String type = exchange.getRequest().getQueryParams().getFirst("type");
        return Mono.error(() -> GatewayException.of(ProblemType.valueOf(type)));
    }

    @Override
    public String toString() {
        return name;
    }
}
