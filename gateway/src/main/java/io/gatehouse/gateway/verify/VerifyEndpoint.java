package io.gatehouse.gateway.verify;

import io.gatehouse.gateway.access.AccessDecision;
import io.gatehouse.gateway.edge.ClientAddresses;
import io.gatehouse.gateway.edge.EndpointPaths;
import io.gatehouse.gateway.edge.FetchMetadata;
import io.gatehouse.gateway.edge.PublicUrl;
import io.gatehouse.gateway.edge.RequestCheck;
import io.gatehouse.gateway.edge.ReturnTo;
import io.gatehouse.gateway.page.OwnAnswers;
import io.gatehouse.gateway.page.ProblemBody;
import io.gatehouse.gateway.problem.GatewayException;
import io.gatehouse.gateway.problem.ProblemType;
import io.gatehouse.gateway.relay.RequestCredentials;
import io.gatehouse.gateway.route.ClaimHeader;
import io.gatehouse.gateway.route.GatewayRoute;
import io.gatehouse.gateway.route.RouteTable;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebExceptionHandler;
import org.springframework.web.server.WebHandler;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * {@code /auth/verify}: whether a request that another proxy has received may pass. It is judged as if it had come
 * here, by the rules of its route. If it may, the answer is 200 with what the upstream is to be told in its headers; if
 * not, it is what the browser would have been answered, which the proxy passes on. A proxy that cannot do that gets 401
 * or 403, and where a page can be signed in to, {@value #SIGN_IN} with the address for it.
 */
final class VerifyEndpoint implements WebHandler {

    static final String SIGN_IN = "X-Auth-Sign-In";

    private static final List<ClaimHeader> ALWAYS =
            List.of(ClaimHeader.of("sub"), ClaimHeader.of("email"), ClaimHeader.of("roles"));

    private final ForwardAuthProperties properties;
    private final ClientAddresses addresses;
    private final RouteTable routes;
    private final PassedRequest passed;
    private final AccessDecision access;
    private final RequestCredentials credentials;
    private final Flux<WebExceptionHandler> failureHandlers;
    private final OwnAnswers answers;
    private final PublicUrl publicUrl;
    private final EndpointPaths paths;

    VerifyEndpoint(
            ForwardAuthProperties properties,
            ClientAddresses addresses,
            RouteTable routes,
            PassedRequest passed,
            AccessDecision access,
            RequestCredentials credentials,
            Flux<WebExceptionHandler> failureHandlers,
            OwnAnswers answers,
            PublicUrl publicUrl,
            EndpointPaths paths) {
        this.properties = properties;
        this.addresses = addresses;
        this.routes = routes;
        this.passed = passed;
        this.access = access;
        this.credentials = credentials;
        this.failureHandlers = failureHandlers;
        this.answers = answers;
        this.publicUrl = publicUrl;
        this.paths = paths;
    }

    @Override
    public Mono<Void> handle(ServerWebExchange question) {
        boolean isListed = properties.peers().stream()
                .anyMatch(network -> network.contains(addresses.peer(question.getRequest())));
        return isListed
                ? Mono.fromSupplier(() -> asked(question)).flatMap(this::answer)
                : Mono.error(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    }

    private ServerWebExchange asked(ServerWebExchange question) {
        ForwardingProxy proxy = Objects.requireNonNull(properties.proxy());
        ForwardingProxy.Asked asked = proxy.read(question.getRequest(), paths.verify());
        return question.mutate()
                .request(AskedRequest.of(question.getRequest(), asked))
                .build();
    }

    private Mono<Void> answer(ServerWebExchange asked) {
        return judge(asked).onErrorResume(failure -> refuse(asked, failure));
    }

    private Mono<Void> judge(ServerWebExchange asked) {
        return RequestCheck.objection(asked.getRequest())
                .map(type -> Mono.<Void>error(GatewayException.of(type)))
                .orElseGet(() -> routes.taking(asked)
                        .switchIfEmpty(Mono.error(() -> GatewayException.of(ProblemType.NOT_FOUND)))
                        .doOnNext(route -> asked.getAttributes().put(ServerWebExchangeUtils.GATEWAY_ROUTE_ATTR, route))
                        .then(Mono.defer(() -> maintained(asked)))
                        .then(Mono.defer(() -> access.decide(asked)))
                        .then(Mono.defer(() -> credentials.headers(asked, ALWAYS)))
                        .flatMap(headers -> pass(asked, headers)));
    }

    /** Nobody has to sign in to be told. */
    private static Mono<Void> maintained(ServerWebExchange asked) {
        return GatewayRoute.of(asked).settings().maintenance()
                ? Mono.error(() -> GatewayException.of(ProblemType.UNDER_MAINTENANCE))
                : Mono.empty();
    }

    private Mono<Void> pass(ServerWebExchange asked, HttpHeaders headers) {
        asked.getResponse().setStatusCode(HttpStatus.OK);
        asked.getResponse().getHeaders().addAll(headers);
        if (properties.proxy() == ForwardingProxy.ENVOY) {
            passed.describe(asked.getRequest(), asked.getResponse().getHeaders());
        }
        asked.getResponse().getHeaders().setCacheControl("no-store");
        return asked.getResponse().setComplete();
    }

    private Mono<Void> refuse(ServerWebExchange asked, Throwable failure) {
        if (Objects.requireNonNull(properties.proxy()).answersItself() && failure instanceof GatewayException named) {
            return refuse(asked, named.type());
        }
        return failureHandlers
                .reduce(Mono.<Void>error(failure), (handled, next) -> otherwise(asked, handled, next))
                .flatMap(Function.identity());
    }

    private static Mono<Void> otherwise(ServerWebExchange asked, Mono<Void> handled, WebExceptionHandler next) {
        return handled.onErrorResume(failure -> next.handle(asked, failure));
    }

    /** It knows 401 and 403; whatever else it gets, it answers with 500. */
    private Mono<Void> refuse(ServerWebExchange asked, ProblemType type) {
        if (type.asksForSignIn() && FetchMetadata.isNavigation(asked.getRequest())) {
            asked.getResponse().getHeaders().set(SIGN_IN, signIn(asked, type));
        }
        HttpStatus status = type == ProblemType.NOT_FOUND ? HttpStatus.FORBIDDEN : type.status();
        return answers.problem(asked, status, ProblemBody.of(type, status));
    }

    private String signIn(ServerWebExchange asked, ProblemType type) {
        String stepUp = type == ProblemType.STEP_UP_REQUIRED
                ? "&step_up=" + GatewayRoute.of(asked).id()
                : "";
        return publicUrl.resolve(paths.signIn()) + "?return_to="
                + ReturnTo.of(asked.getRequest()).encoded() + stepUp;
    }
}
