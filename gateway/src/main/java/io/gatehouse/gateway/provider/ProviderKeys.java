package io.gatehouse.gateway.provider;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import io.gatehouse.gateway.problem.GatewayException;
import io.gatehouse.gateway.problem.ProblemType;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The IdP's signing keys (RFC 7517). A key that is not among those we know means that the IdP has rotated, so the set
 * is fetched again; but not more often than once in 30 seconds, because anybody can send a token that names a key.
 * Tokens that we have fetched ourselves do not wait for those that somebody has sent.
 */
final class ProviderKeys {

    private static final Duration MAX_AGE = Duration.ofHours(1);
    private static final Duration AGE_FOR_CALLERS = Duration.ofSeconds(30);
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final Provider provider;
    private final WebClient http;
    private final RemoteDocument<JWKSet> keys;
    private final RemoteDocument.Budget strangers = new RemoteDocument.Budget();
    private final RemoteDocument.Budget callers = new RemoteDocument.Budget();

    ProviderKeys(Provider provider, WebClient http, Clock clock) {
        this.provider = provider;
        this.http = http;
        this.keys = new RemoteDocument<>(provider.metadata().flatMap(this::fetch), MAX_AGE, clock);
    }

    /**
     * The keys that may have signed a token with this header, which we have fetched from the IdP. Empty if the
     * algorithm is not one the IdP uses, or no key fits even after the set was fetched again.
     */
    Flux<JWK> matching(JWSHeader header) {
        return matching(header, keys.current(), keys.refetched());
    }

    /**
     * The same for a token that somebody has sent. Fails with {@link ProblemType#PROVIDER_UNAVAILABLE} if no known key
     * fits and the set cannot be fetched: the token may be good.
     */
    Flux<JWK> matchingSent(JWSHeader header) {
        return matching(header, keys.current(strangers), keys.refetched(strangers));
    }

    /**
     * The same for a token that somebody sends with every request, by keys that were fetched half a minute ago at most,
     * unless the IdP does not answer: one that it has removed counts no longer.
     */
    Flux<JWK> matchingRecently(JWSHeader header) {
        return matching(header, keys.recent(AGE_FOR_CALLERS, callers), keys.refetched(callers));
    }

    private Flux<JWK> matching(JWSHeader header, Mono<JWKSet> known, Mono<JWKSet> refetched) {
        if (!JWSAlgorithm.Family.SIGNATURE.contains(header.getAlgorithm())) {
            return Flux.empty();
        }
        return known.map(set -> select(set, header))
                .filter(found -> !found.isEmpty())
                .switchIfEmpty(refetched.map(set -> select(set, header)))
                .flatMapMany(found -> filterByAlgorithm(found, header));
    }

    /** The IdP's word on algorithms is its metadata and its keys; a rotated key may be ahead of cached metadata. */
    private Flux<JWK> filterByAlgorithm(List<JWK> found, JWSHeader header) {
        return provider.metadata()
                .map(ProviderMetadata::idTokenAlgorithms)
                .flatMapIterable(announced -> found.stream()
                        .filter(key -> header.getAlgorithm().equals(key.getAlgorithm())
                                || announced.contains(header.getAlgorithm()))
                        .toList());
    }

    private static List<JWK> select(JWKSet set, JWSHeader header) {
        JWKMatcher matcher = JWKMatcher.forJWSHeader(header);
        return matcher == null ? List.of() : new JWKSelector(matcher).select(set);
    }

    private Mono<JWKSet> fetch(ProviderMetadata metadata) {
        return http.get()
                .uri(metadata.jwkSetUri())
                .retrieve()
                .bodyToMono(String.class)
                .timeout(TIMEOUT)
                .map(ProviderKeys::parse)
                .onErrorMap(
                        failure -> GatewayException.of(ProblemType.PROVIDER_UNAVAILABLE, "no signing keys", failure));
    }

    private static JWKSet parse(String json) {
        try {
            return JWKSet.parse(json);
        } catch (ParseException malformed) {
            throw new IllegalArgumentException("not a JWK set", malformed);
        }
    }
}
