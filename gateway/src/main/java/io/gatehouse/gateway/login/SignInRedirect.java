package io.gatehouse.gateway.login;

import io.gatehouse.gateway.edge.FetchMetadata;
import io.gatehouse.gateway.edge.FilterOrder;
import io.gatehouse.gateway.edge.ReturnTo;
import io.gatehouse.gateway.problem.GatewayException;
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

    private final SignInStart signInStart;

    SignInRedirect(SignInStart signInStart) {
        this.signInStart = signInStart;
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
        return signInStart.start(exchange, SignInRequest.to(ReturnTo.of(exchange.getRequest())));
    }
}
