package io.gatehouse.bookstore.echo;

import static org.springframework.web.bind.annotation.RequestMethod.DELETE;
import static org.springframework.web.bind.annotation.RequestMethod.GET;
import static org.springframework.web.bind.annotation.RequestMethod.OPTIONS;
import static org.springframework.web.bind.annotation.RequestMethod.PATCH;
import static org.springframework.web.bind.annotation.RequestMethod.POST;
import static org.springframework.web.bind.annotation.RequestMethod.PUT;

import io.gatehouse.bookstore.access.UnverifiedClaims;
import io.gatehouse.bookstore.received.MaskedHeaders;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/**
 * Gives back a request's own parts, or the answer it asks for, whatever the method. The methods are listed because
 * Spring answers {@code OPTIONS} by itself unless told not to.
 */
@RestController
@RequestMapping(
        path = "/echo",
        method = {GET, POST, PUT, PATCH, DELETE, OPTIONS})
final class EchoController {

    /** What the request looks like from here. */
    @RequestMapping("/headers")
    Arrival headers(ServerHttpRequest request) {
        return Arrival.of(request);
    }

    /** The body, as it comes, with its type and length. */
    @RequestMapping("/body")
    Mono<Void> body(ServerHttpRequest request, ServerHttpResponse response) {
        HttpHeaders headers = response.getHeaders();
        headers.setContentType(request.getHeaders().getContentType());
        if (request.getHeaders().getContentLength() >= 0) {
            headers.setContentLength(request.getHeaders().getContentLength());
        }
        return response.writeWith(request.getBody());
    }

    /** An empty answer of that status. */
    @RequestMapping("/status/{code}")
    ResponseEntity<Void> status(@PathVariable @Min(200) @Max(599) int code) {
        return ResponseEntity.status(code).build();
    }

    /** An answer that comes late. */
    @RequestMapping("/delay")
    Mono<Map<String, Long>> delay(@RequestParam @Min(0) @Max(600_000) long millis) {
        return Mono.delay(Duration.ofMillis(millis)).thenReturn(Map.of("millis", millis));
    }

    /**
     * A request as it arrived.
     *
     * @param query as it was written, null without one; a JWT in it is hidden
     * @param unverifiedClaims of any JWT that came as the bearer token, valid for the Bookstore or not; null without
     */
    record Arrival(
            String method,
            String path,
            @Nullable String query,
            Map<String, List<String>> headers,
            @Nullable Map<String, Object> unverifiedClaims) {

        static Arrival of(ServerHttpRequest request) {
            String query = request.getURI().getRawQuery();
            return new Arrival(
                    request.getMethod().name(),
                    request.getURI().getRawPath(),
                    query == null ? null : MaskedHeaders.text(query),
                    MaskedHeaders.of(request.getHeaders()),
                    UnverifiedClaims.among(request.getHeaders()).orElse(null));
        }
    }
}
