package io.gatehouse.gateway.provider;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.source.JWKSecurityContextJWKSet;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.ConfigurableJOSEProcessor;
import com.nimbusds.jose.proc.DefaultJOSEProcessor;
import com.nimbusds.jose.proc.JWKSecurityContext;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import io.gatehouse.gateway.problem.ProblemType;
import java.text.ParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Tells which tokens that somebody has sent are the IdP's (RFC 7515). The key decides about the algorithm, within what
 * the IdP announces; {@code none} and symmetric ones never count, and a key in the header of the token is not looked
 * at.
 */
public final class SentTokens {

    private final ProviderKeys keys;
    private final ConfigurableJOSEProcessor<JWKSecurityContext> signatures = new DefaultJOSEProcessor<>();

    SentTokens(ProviderKeys keys) {
        this.keys = keys;
        signatures.setJWSKeySelector(
                new JWSVerificationKeySelector<>(JWSAlgorithm.Family.SIGNATURE, new JWKSecurityContextJWKSet()));
        // What the type has to be is for those to say who know what they want.
        signatures.setJWSTypeVerifier((type, context) -> {});
    }

    /**
     * What the token says, once its signature is verified; nothing else of it is. Empty if the IdP has not signed it.
     * Fails with {@link ProblemType#PROVIDER_UNAVAILABLE} if that cannot be known now.
     */
    public Mono<SentToken> verify(String token) {
        return Mono.justOrEmpty(parse(token)).flatMap(parsed -> verify(parsed, keys::matchingSent));
    }

    /**
     * The same for a token that comes again and again, by keys that the IdP publishes now or did half a minute ago.
     * Those who send such tokens delay nobody else.
     */
    public Mono<SentToken> verifyRecently(String token) {
        return Mono.justOrEmpty(parse(token)).flatMap(parsed -> verify(parsed, keys::matchingRecently));
    }

    private Mono<SentToken> verify(JWSObject token, Function<JWSHeader, Flux<JWK>> matching) {
        return matching.apply(token.getHeader())
                .collectList()
                .filter(found -> isSigned(token, found))
                .flatMap(found -> Mono.justOrEmpty(read(token)));
    }

    private boolean isSigned(JWSObject token, List<JWK> found) {
        try {
            signatures.process(token, new JWKSecurityContext(found));
            return true;
        } catch (BadJOSEException | JOSEException refused) {
            return false;
        }
    }

    private static Optional<JWSObject> parse(String token) {
        try {
            return Optional.of(JWSObject.parse(token));
        } catch (ParseException malformed) {
            return Optional.empty();
        }
    }

    private static Optional<SentToken> read(JWSObject token) {
        Map<String, Object> claims = token.getPayload().toJSONObject();
        return Optional.ofNullable(claims).map(read -> new SentToken(type(token), read));
    }

    private static String type(JWSObject token) {
        return token.getHeader().getType() == null
                ? ""
                : token.getHeader().getType().toString();
    }
}
