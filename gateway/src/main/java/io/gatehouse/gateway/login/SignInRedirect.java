package io.gatehouse.gateway.login;

import io.gatehouse.gateway.edge.FetchMetadata;
import io.gatehouse.gateway.edge.FilterOrder;
import io.gatehouse.gateway.edge.ReturnTo;
import io.gatehouse.gateway.problem.GatewayException;
import io.gatehouse.gateway.problem.ProblemType;
import io.gatehouse.gateway.route.GatewayRoute;
import io.gatehouse.gateway.route.SignInRule;
import java.util.Map;
import org.springframework.core.annotation.Order;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebExceptionHandler;
import reactor.core.publisher.Mono;

/**
 * Answers "sign-in required" with the authorization request where a person is waiting in front of the window. Every
 * other request is left to the problem renderer: a script could not follow a redirect to the IdP, and a frame must not.
 */
@Order(FilterOrder.SIGN_IN_REDIRECT)
final class SignInRedirect implements WebExceptionHandler {

    private final SignInParameters parameters;
    private final SignInStart signInStart;
    private final ChoicePage choice;
    private final FragmentPage fragment;

    SignInRedirect(SignInParameters parameters, SignInStart signInStart, ChoicePage choice, FragmentPage fragment) {
        this.parameters = parameters;
        this.signInStart = signInStart;
        this.choice = choice;
        this.fragment = fragment;
    }

    @Override
    public Mono<Void> handle(ServerWebExchange exchange, Throwable failure) {
        boolean asksForSignIn =
                failure instanceof GatewayException named && named.type().asksForSignIn();
        if (!asksForSignIn
                || exchange.getResponse().isCommitted()
                || !FetchMetadata.isNavigation(exchange.getRequest())) {
            return Mono.error(failure);
        }
        boolean isStepUp = GatewayException.is(ProblemType.STEP_UP_REQUIRED).test(failure);
        SignInRule rule = GatewayRoute.find(exchange)
                .map(isStepUp ? GatewayRoute::stepUp : GatewayRoute::signIn)
                .orElse(SignInRule.ANY);
        return start(exchange, ReturnTo.of(exchange.getRequest()), rule);
    }

    private Mono<Void> start(ServerWebExchange exchange, ReturnTo target, SignInRule rule) {
        if (rule.keepFragment()) {
            return fragment.show(exchange, target);
        }
        SignInRequest asked = parameters.to(target, rule);
        return choice.isOffered() && !asked.isStraight()
                ? choice.show(exchange, Map.of("return_to", target.path()))
                : signInStart.start(exchange, asked);
    }
}
