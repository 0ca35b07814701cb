package io.gatehouse.gateway.logout;

import io.gatehouse.gateway.edge.SentForm;
import io.gatehouse.gateway.problem.GatewayException;
import io.gatehouse.gateway.problem.ProblemType;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.util.MultiValueMap;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * What a posted sign-out asks for, in its form or in its query.
 *
 * @param confirmed a person was asked, and said so
 * @param everywhere on all devices
 */
record SignOutRequest(boolean confirmed, boolean everywhere) {

    /** What a link asks for. */
    static final SignOutRequest HERE = new SignOutRequest(false, false);

    /** Fails with {@link ProblemType#INVALID_REQUEST} if a value is neither {@code true} nor {@code false}. */
    static Mono<SignOutRequest> of(ServerWebExchange exchange) {
        MultiValueMap<String, String> query = exchange.getRequest().getQueryParams();
        return SentForm.fields(exchange)
                .map(form -> new SignOutRequest(isSet("confirmed", query, form), isSet("everywhere", query, form)));
    }

    private static boolean isSet(String name, MultiValueMap<String, String> query, MultiValueMap<String, String> form) {
        List<String> values = Stream.of(query, form)
                .flatMap(sent -> sent.getOrDefault(name, List.of()).stream())
                .map(String::valueOf)
                .toList();
        if (!List.of("true", "false").containsAll(values)) {
            throw GatewayException.of(ProblemType.INVALID_REQUEST, name + " is neither true nor false");
        }
        return values.contains("true");
    }
}
