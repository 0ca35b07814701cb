package io.gatehouse.gateway.edge;

import io.gatehouse.gateway.problem.GatewayException;
import io.gatehouse.gateway.problem.ProblemType;
import java.util.Set;
import java.util.regex.Pattern;
import org.springframework.core.annotation.Order;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Refuses requests that two programs could read differently. A path is judged here and opened by the upstream; where
 * the two may disagree about what it names, a rule for one path would let another one through.
 *
 * <p>Ambiguous are: empty, {@code .} and {@code ..} segments, also encoded; an encoded slash, backslash or NUL, also
 * encoded twice; a backslash; a semicolon, which some servers take as the start of parameters and cut off.
 */
@Order(FilterOrder.REQUEST_FIREWALL)
final class RequestFirewall implements WebFilter {

    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

    private static final Pattern AMBIGUOUS =
            Pattern.compile("//|[\\\\;]|%3b|%(25)*(2f|5c|00)|/(\\.|%(25)*2e){1,2}(/|$)", Pattern.CASE_INSENSITIVE);

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        ServerHttpRequest request = exchange.getRequest();
        if (!METHODS.contains(request.getMethod().name())) {
            return Mono.error(() -> GatewayException.of(ProblemType.METHOD_NOT_ALLOWED));
        }
        String path = request.getURI().getRawPath();
        if (!path.startsWith("/") || AMBIGUOUS.matcher(path).find()) {
            return Mono.error(() -> GatewayException.of(ProblemType.AMBIGUOUS_PATH));
        }
        return chain.filter(exchange);
    }
}
