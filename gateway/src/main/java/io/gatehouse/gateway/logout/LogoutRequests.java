package io.gatehouse.gateway.logout;

import java.util.List;
import java.util.Map;
import org.springframework.core.ResolvableType;
import org.springframework.core.codec.DecodingException;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.http.MediaType;
import org.springframework.http.codec.FormHttpMessageReader;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.util.MultiValueMap;
import reactor.core.publisher.Mono;

/** Reads a logout request: a form with one token (OpenID Connect Back-Channel Logout 1.0, section 2.5). */
final class LogoutRequests {

    private static final String TOKEN = "logout_token";
    private static final int MAX_BYTES = 16 * 1024;
    private static final ResolvableType FORM =
            ResolvableType.forClassWithGenerics(MultiValueMap.class, String.class, String.class);

    private final FormHttpMessageReader forms = new FormHttpMessageReader();

    LogoutRequests() {
        forms.setMaxInMemorySize(MAX_BYTES);
    }

    /** The token, as it was sent. Never empty; fails with {@link LogoutRefusedException} if there is not just one. */
    Mono<String> token(ServerHttpRequest request) {
        return Mono.defer(() -> form(request))
                .onErrorMap(LogoutRequests::unreadable)
                .mapNotNull(form -> form.get(TOKEN))
                .filter(tokens -> tokens.size() == 1)
                .mapNotNull(List::getFirst)
                .switchIfEmpty(Mono.error(() -> new LogoutRefusedException(LogoutRefusal.PARAMETER)));
    }

    private Mono<MultiValueMap<String, String>> form(ServerHttpRequest request) {
        MediaType type = request.getHeaders().getContentType();
        if (type == null || !type.equalsTypeAndSubtype(MediaType.APPLICATION_FORM_URLENCODED)) {
            return Mono.error(() -> new LogoutRefusedException(LogoutRefusal.CONTENT_TYPE));
        }
        return forms.readMono(FORM, request, Map.of());
    }

    private static Throwable unreadable(Throwable failure) {
        return switch (failure) {
            case DataBufferLimitException tooLarge -> new LogoutRefusedException(LogoutRefusal.TOO_LARGE);
            // A broken percent sign, an unknown character set, a content type that is none.
            case IllegalArgumentException malformed -> new LogoutRefusedException(LogoutRefusal.PARAMETER);
            case DecodingException malformed -> new LogoutRefusedException(LogoutRefusal.PARAMETER);
            default -> failure;
        };
    }
}
