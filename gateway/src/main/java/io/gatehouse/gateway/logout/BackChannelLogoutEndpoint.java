package io.gatehouse.gateway.logout;

import io.gatehouse.gateway.audit.AuditLog;
import io.gatehouse.gateway.audit.SecurityEvent;
import io.gatehouse.gateway.page.OwnAnswers;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebHandler;
import reactor.core.publisher.Mono;

/**
 * {@code POST /auth/backchannel-logout}: the IdP says that somebody has signed out there (OpenID Connect Back-Channel
 * Logout 1.0). It comes from a server: what proves it is the signature of the token, and a cookie counts for nothing.
 *
 * <p>The answers are those of section 2.8, and 503 where nobody knows yet.
 */
final class BackChannelLogoutEndpoint implements WebHandler {

    private final LogoutRequests requests = new LogoutRequests();
    private final BackChannelLogout logout;
    private final OwnAnswers answers;
    private final AuditLog audit;

    BackChannelLogoutEndpoint(BackChannelLogout logout, OwnAnswers answers, AuditLog audit) {
        this.logout = logout;
        this.answers = answers;
        this.audit = audit;
    }

    @Override
    public Mono<Void> handle(ServerWebExchange exchange) {
        return requests.token(exchange.getRequest())
                .flatMap(logout::end)
                .then(answers.done(exchange))
                .onErrorResume(LogoutRefusedException.class, refused -> refuse(exchange, refused.refusal()));
    }

    private Mono<Void> refuse(ServerWebExchange exchange, LogoutRefusal refusal) {
        audit.record(new SecurityEvent.BackChannelLogoutRefused(refusal.slug()));
        return answers.json(
                exchange,
                HttpStatus.BAD_REQUEST,
                Map.of("error", "invalid_request", "error_description", refusal.description()));
    }
}
