package io.gatehouse.gateway.page;

import io.gatehouse.gateway.edge.CorrelationId;
import io.gatehouse.gateway.edge.EndpointPaths;
import io.gatehouse.gateway.edge.FetchMetadata;
import io.gatehouse.gateway.edge.FilterOrder;
import io.gatehouse.gateway.edge.GatewayCookies;
import io.gatehouse.gateway.edge.PublicUrl;
import io.gatehouse.gateway.edge.ReturnTo;
import io.gatehouse.gateway.problem.GatewayException;
import io.gatehouse.gateway.problem.ProblemType;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;
import org.springframework.cloud.gateway.route.Route;
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebExceptionHandler;
import reactor.core.publisher.Mono;
import reactor.netty.channel.AbortedException;

/**
 * Turns every failure into one answer and one log line: a page for a navigation, {@code application/problem+json} (RFC
 * 9457) for everything else. Neither shows more than the problem's name and the correlation id.
 */
@Order(FilterOrder.PROBLEM)
final class ProblemWebExceptionHandler implements WebExceptionHandler {

    private static final Logger LOG = LoggerFactory.getLogger(ProblemWebExceptionHandler.class);

    private final OwnAnswers answers;
    private final ProblemPages pages;
    private final PublicUrl publicUrl;
    private final EndpointPaths paths;
    private final GatewayCookies cookies;

    ProblemWebExceptionHandler(
            OwnAnswers answers, ProblemPages pages, PublicUrl publicUrl, EndpointPaths paths, GatewayCookies cookies) {
        this.answers = answers;
        this.pages = pages;
        this.publicUrl = publicUrl;
        this.paths = paths;
        this.cookies = cookies;
    }

    @Override
    public Mono<Void> handle(ServerWebExchange exchange, Throwable failure) {
        ServerHttpResponse response = exchange.getResponse();
        if (response.isCommitted() || failure instanceof AbortedException) {
            logBroken(exchange, failure);
            // Reactor Netty logs it as well.
            return Mono.error(failure instanceof AbortedException ? failure : Defect.of(failure));
        }
        ProblemType type = classify(failure);
        log(exchange, type, failure);
        if (failure instanceof ResponseStatusException withHeaders) {
            response.getHeaders().putAll(withHeaders.getHeaders());
        }
        long retryAfter = retryAfterSeconds(type, failure);
        addHeaders(response.getHeaders(), type, retryAfter);
        // A missing session is a page only where the browser can be redirected, and then it does not get here.
        return FetchMetadata.wantsPage(exchange.getRequest()) && !type.asksForSignIn() && !type.isForPrograms()
                ? answers.page(
                        exchange,
                        status(type, failure),
                        pages.page(type, reason(failure), retryAfter, returnTo(exchange.getRequest()), exchange))
                : answers.problem(exchange, status(type, failure), body(exchange, type, failure));
    }

    private static String reason(Throwable failure) {
        return failure instanceof GatewayException named ? named.reason() : "";
    }

    private static ProblemType classify(Throwable failure) {
        if (failure instanceof GatewayException named) {
            return named.type();
        }
        if (failure instanceof ResponseStatusException status) {
            return switch (status.getStatusCode().value()) {
                case 404 -> ProblemType.NOT_FOUND;
                case 405 -> ProblemType.METHOD_NOT_ALLOWED;
                case 413 -> ProblemType.CONTENT_TOO_LARGE;
                case 504 -> ProblemType.UPSTREAM_TIMEOUT;
                default ->
                    status.getStatusCode().is4xxClientError()
                            ? ProblemType.INVALID_REQUEST
                            : ProblemType.INTERNAL_ERROR;
            };
        }
        return ProblemType.INTERNAL_ERROR;
    }

    /** The status of the problem, or the finer one that Spring chose, such as 413. */
    private static HttpStatus status(ProblemType type, Throwable failure) {
        if (type == ProblemType.INVALID_REQUEST && failure instanceof ResponseStatusException finer) {
            HttpStatus status = HttpStatus.resolve(finer.getStatusCode().value());
            return status == null ? type.status() : status;
        }
        return type.status();
    }

    private static long retryAfterSeconds(ProblemType type, Throwable failure) {
        return failure instanceof GatewayException named
                ? named.retryAfterSeconds()
                : type.retryAfter().toSeconds();
    }

    private void addHeaders(HttpHeaders headers, ProblemType type, long retryAfter) {
        if (type.isTemporary()) {
            headers.set(HttpHeaders.RETRY_AFTER, Long.toString(retryAfter));
        }
        if (type.status() == HttpStatus.UNAUTHORIZED) {
            headers.set(HttpHeaders.WWW_AUTHENTICATE, challenge(type));
        }
        if (type == ProblemType.STEP_UP_REQUIRED) {
            // RFC 9470, section 3; for API clients.
            headers.add(HttpHeaders.WWW_AUTHENTICATE, "Bearer error=\"insufficient_user_authentication\"");
        }
    }

    private String challenge(ProblemType type) {
        if (type.asksForSignIn()) {
            return "Cookie realm=\"gatehouse\", form-action=\"%s\", cookie-name=\"%s\""
                    .formatted(paths.signIn(), cookies.session());
        }
        // RFC 6750, section 3.
        return type == ProblemType.TOKEN_INVALID ? "Bearer error=\"invalid_token\"" : "Signature realm=\"gatehouse\"";
    }

    private Map<String, Object> body(ServerWebExchange exchange, ProblemType type, Throwable failure) {
        Map<String, Object> body = ProblemBody.of(type, status(type, failure));
        body.put("correlationId", CorrelationId.of(exchange));
        if (!reason(failure).isEmpty()) {
            body.put("reason", reason(failure));
        }
        if (type.asksForSignIn()) {
            String target = returnTo(exchange.getRequest()).encoded();
            body.put("signInUrl", publicUrl.resolve(paths.signIn()) + "?return_to=" + target + stepUp(exchange, type));
        }
        return body;
    }

    /** The page from which a script asks need not ask for as much as what it asks for. */
    private static String stepUp(ServerWebExchange exchange, ProblemType type) {
        Route route = exchange.getAttribute(ServerWebExchangeUtils.GATEWAY_ROUTE_ATTR);
        return type != ProblemType.STEP_UP_REQUIRED || route == null ? "" : "&step_up=" + route.getId();
    }

    /** The page a person was about to see, or the one from which a script or a form asked. */
    private ReturnTo returnTo(ServerHttpRequest request) {
        return FetchMetadata.isNavigation(request)
                ? ReturnTo.of(request)
                : ReturnTo.orHome(request.getHeaders().getFirst(HttpHeaders.REFERER), publicUrl);
    }

    private static void log(ServerWebExchange exchange, ProblemType type, Throwable failure) {
        Route route = exchange.getAttribute(ServerWebExchangeUtils.GATEWAY_ROUTE_ATTR);
        LoggingEventBuilder line = LOG.atLevel(type.level())
                .addKeyValue("problem", type.slug())
                .addKeyValue("correlationId", CorrelationId.of(exchange))
                .addKeyValue("method", exchange.getRequest().getMethod().name())
                .addKeyValue("route", route == null ? "" : route.getId());
        if (type == ProblemType.INTERNAL_ERROR) {
            line.setCause(Defect.of(failure)).log("request failed");
            return;
        }
        String detail = failure instanceof GatewayException named ? named.getMessage() : null;
        line.addKeyValue("detail", detail == null ? "" : detail).log("request answered with a problem");
    }

    /** The browser has gone, or the upstream broke off what the browser has half of: there is nobody to tell. */
    private static void logBroken(ServerWebExchange exchange, Throwable failure) {
        LOG.atLevel(failure instanceof AbortedException ? Level.DEBUG : Level.WARN)
                .addKeyValue("correlationId", CorrelationId.of(exchange))
                .addKeyValue("detail", failure.getClass().getSimpleName())
                .log("answer broken off");
    }
}
