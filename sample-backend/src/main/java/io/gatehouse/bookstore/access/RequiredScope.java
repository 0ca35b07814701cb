package io.gatehouse.bookstore.access;

import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationResult;
import org.springframework.security.authorization.ReactiveAuthorizationManager;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.server.authorization.AuthorizationContext;
import reactor.core.publisher.Mono;

/**
 * Lets a request pass whose token has the scope. Unlike Spring's own {@code hasAuthority} it fails with the name of the
 * scope, which the answer has to tell (RFC 6750, section 3).
 */
record RequiredScope(String scope) implements ReactiveAuthorizationManager<AuthorizationContext> {

    @Override
    public Mono<AuthorizationResult> authorize(Mono<Authentication> authentication, AuthorizationContext context) {
        return authentication
                .filter(this::isGranted)
                .<AuthorizationResult>map(granted -> new AuthorizationDecision(true))
                .switchIfEmpty(Mono.error(() -> new Missing(scope)));
    }

    private boolean isGranted(Authentication authentication) {
        return authentication.getAuthorities().stream().anyMatch(authority -> scope.equals(authority.getAuthority()));
    }

    /** The request has no token with the scope. */
    static final class Missing extends AccessDeniedException {

        private final String scope;

        Missing(String scope) {
            super("missing scope");
            this.scope = scope;
        }

        String scope() {
            return scope;
        }
    }
}
