package io.gatehouse.bookstore.access;

import io.gatehouse.bookstore.BookstoreProperties;
import io.netty.channel.ChannelOption;
import java.time.Duration;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.JwtValidators;
import org.springframework.security.oauth2.jwt.NimbusReactiveJwtDecoder;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;

/**
 * Accepts the access tokens that the issuer signed for this API (RFC 9068, section 4): header {@code typ} is
 * {@code at+jwt}, the algorithm is on the list, the signature is by one of the issuer's keys, {@code iss} and
 * {@code aud} are as configured, {@code exp} is there and not over, give or take 60 seconds.
 *
 * <p>The issuer's keys are fetched when the first token comes, and again when a token names a key that is not known, so
 * the Bookstore starts without the issuer and follows it through a change of keys.
 *
 * <p>Fails with {@link org.springframework.security.oauth2.jwt.BadJwtException} if the token is to blame, and with
 * another {@link JwtException} if the keys could not be had.
 */
@Component
final class AccessTokenDecoder implements ReactiveJwtDecoder {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);

    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(3);

    private final NimbusReactiveJwtDecoder decoder;

    AccessTokenDecoder(BookstoreProperties bookstore) {
        NimbusReactiveJwtDecoder.JwkSetUriReactiveJwtDecoderBuilder builder =
                NimbusReactiveJwtDecoder.withJwkSetUri(bookstore.keys()).webClient(keyClient());
        bookstore.algorithms().forEach(builder::jwsAlgorithm);
        decoder = builder.validateType(false).build();
        decoder.setJwtValidator(JwtValidators.createAtJwtValidator()
                .issuer(bookstore.issuer())
                .audience(bookstore.audience())
                .build());
    }

    @Override
    public Mono<Jwt> decode(String token) {
        return decoder.decode(token)
                // This is how Spring reports that the keys could not be fetched; unmapped, it would become a 500.
                .onErrorMap(IllegalStateException.class, failure -> new JwtException("no keys", failure))
                // And this is what an empty answer comes to, of a redirect for instance.
                .switchIfEmpty(Mono.error(() -> new JwtException("no keys in the answer")));
    }

    /** Keys are fetched too rarely for kept connections, which the issuer would close first. */
    private static WebClient keyClient() {
        HttpClient http = HttpClient.newConnection()
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) CONNECT_TIMEOUT.toMillis())
                .responseTimeout(ANSWER_TIMEOUT);
        return WebClient.builder()
                .clientConnector(new ReactorClientHttpConnector(http))
                .build();
    }
}
