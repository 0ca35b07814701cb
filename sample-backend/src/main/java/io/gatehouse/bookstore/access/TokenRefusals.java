package io.gatehouse.bookstore.access;

import io.gatehouse.bookstore.BookstoreProperties;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.JwtValidationException;
import org.springframework.security.oauth2.server.resource.BearerTokenError;
import org.springframework.security.web.server.WebFilterExchange;
import org.springframework.stereotype.Component;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * Says no in the words of RFC 6750, section 3: each answer is a problem with a {@code WWW-Authenticate} header. None
 * repeats anything of the token.
 */
@Component
final class TokenRefusals {

    private final String notSigned;

    TokenRefusals(BookstoreProperties bookstore) {
        this.notSigned = "The token is not a JWT that the issuer signed with one of " + bookstore.algorithms() + ".";
    }

    /** 401: a token is needed and there is none. No error code, as nothing was tried. */
    Mono<Void> missing(ServerWebExchange exchange, AuthenticationException failure) {
        return refuse(HttpStatus.UNAUTHORIZED, "Bearer realm=\"Bookstore\"", "An access token is needed.", failure);
    }

    /** 401 (or 400 for a malformed request): the token is no good. 503: nobody can tell, as the keys are missing. */
    Mono<Void> invalid(WebFilterExchange exchange, AuthenticationException failure) {
        if (failure instanceof OAuth2AuthenticationException refused
                && refused.getError() instanceof BearerTokenError error) {
            String why = description(refused, error);
            String challenge = "Bearer error=\"%s\", error_description=\"%s\"".formatted(error.getErrorCode(), why);
            return refuse(error.getHttpStatus(), challenge, why, failure);
        }
        ErrorResponseException unavailable =
                problem(HttpStatus.SERVICE_UNAVAILABLE, "The issuer's keys cannot be fetched.", failure);
        unavailable.getHeaders().set(HttpHeaders.RETRY_AFTER, "5");
        return Mono.error(unavailable);
    }

    /** 403: a good token, but without the scope. */
    Mono<Void> insufficient(ServerWebExchange exchange, AccessDeniedException failure) {
        if (!(failure instanceof RequiredScope.Missing missing)) {
            return Mono.error(failure);
        }
        return refuse(
                HttpStatus.FORBIDDEN,
                "Bearer error=\"insufficient_scope\", scope=\"%s\"".formatted(missing.scope()),
                "The access token lacks the scope %s.".formatted(missing.scope()),
                failure);
    }

    /** A validator's message is ours to show; a parser's may quote the token. */
    private String description(OAuth2AuthenticationException refused, BearerTokenError error) {
        boolean parsing = refused.getCause() instanceof BadJwtException
                && !(refused.getCause() instanceof JwtValidationException);
        String description = error.getDescription();
        return parsing || description == null ? notSigned : description;
    }

    private static Mono<Void> refuse(HttpStatus status, String challenge, String why, Throwable cause) {
        ErrorResponseException problem = problem(status, why, cause);
        problem.getHeaders().set(HttpHeaders.WWW_AUTHENTICATE, challenge);
        return Mono.error(problem);
    }

    private static ErrorResponseException problem(HttpStatus status, String why, Throwable cause) {
        return new ErrorResponseException(status, ProblemDetail.forStatusAndDetail(status, why), cause);
    }
}
