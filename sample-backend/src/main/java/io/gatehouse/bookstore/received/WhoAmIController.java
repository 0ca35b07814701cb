package io.gatehouse.bookstore.received;

import io.gatehouse.bookstore.access.UnverifiedClaims;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** What a request brought along: its headers, and the claims of its access token once that was found valid. */
@RestController
final class WhoAmIController {

    /** JSON whatever the browser prefers. */
    @GetMapping("/whoami")
    ResponseEntity<Report> whoAmI(ServerHttpRequest request, @AuthenticationPrincipal @Nullable Jwt token) {
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(Report.of(request, token));
    }

    /**
     * The answer.
     *
     * @param claims as they stand in the token; null without a token
     */
    record Report(
            String method,
            String path,
            Map<String, List<String>> headers,
            @Nullable Map<String, Object> claims) {

        static Report of(ServerHttpRequest request, @Nullable Jwt token) {
            return new Report(
                    request.getMethod().name(),
                    request.getURI().getRawPath(),
                    MaskedHeaders.of(request.getHeaders()),
                    token == null ? null : claims(token));
        }

        /** The claims as the issuer wrote them; Spring's view of them has other types, for the times for instance. */
        private static Map<String, Object> claims(Jwt token) {
            return UnverifiedClaims.of(token.getTokenValue()).orElseThrow();
        }
    }
}
