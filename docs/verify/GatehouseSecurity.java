// Spring Security 7 as a WebFlux resource server: who sent this request, as the gateway or the IdP has signed it.
// Set gatehouse.public-url, gatehouse.route, idp.issuer and idp.resource.

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.security.authentication.ReactiveAuthenticationManager;
import org.springframework.security.config.annotation.web.reactive.EnableWebFluxSecurity;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.JwtTypeValidator;
import org.springframework.security.oauth2.jwt.JwtValidators;
import org.springframework.security.oauth2.jwt.NimbusReactiveJwtDecoder;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatchers;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

@Configuration(proxyBeanMethods = false)
@EnableWebFluxSecurity
public class GatehouseSecurity {

    private static final Duration LEEWAY = Duration.ofSeconds(5);
    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");

    /** Assertions that have been used, until they have expired. For several processes: the same with SET NX EX in Redis. */
    private final Map<String, Instant> used = new ConcurrentHashMap<>();

    /** Takes X-Gatehouse-Assertion: good for this route, method and URL and, where it changes something, this time. */
    @Bean
    @Order(1)
    SecurityWebFilterChain assertions(
            ServerHttpSecurity http,
            @Value("${gatehouse.public-url}") String publicUrl,
            @Value("${gatehouse.route}") String route) {
        NimbusReactiveJwtDecoder decoder = assertionDecoder(publicUrl, route);
        return http.securityMatcher(ServerWebExchangeMatchers.pathMatchers("/orders/**"))
                .csrf(ServerHttpSecurity.CsrfSpec::disable)
                .authorizeExchange(all -> all.anyExchange().authenticated())
                .oauth2ResourceServer(server -> server.bearerTokenConverter(GatehouseSecurity::header)
                        .authenticationManagerResolver(exchange -> Mono.just(manager(decoder, publicUrl, exchange))))
                .build();
    }

    /** Takes Authorization: Bearer, the access token that the gateway relays. */
    @Bean
    @Order(2)
    SecurityWebFilterChain accessTokens(
            ServerHttpSecurity http,
            @Value("${idp.issuer}") String issuer,
            @Value("${idp.resource}") String resource) {
        NimbusReactiveJwtDecoder decoder = NimbusReactiveJwtDecoder.withJwkSetUri(issuer + "/jwks")
                .jwsAlgorithm(SignatureAlgorithm.ES384)
                .validateType(false)
                .build();
        decoder.setJwtValidator(
                JwtValidators.createAtJwtValidator().issuer(issuer).audience(resource).build());
        return http.csrf(ServerHttpSecurity.CsrfSpec::disable)
                .authorizeExchange(all -> all.anyExchange().authenticated())
                .oauth2ResourceServer(server -> server.jwt(jwt -> jwt.jwtDecoder(decoder)))
                .build();
    }

    private static NimbusReactiveJwtDecoder assertionDecoder(String publicUrl, String route) {
        NimbusReactiveJwtDecoder decoder = NimbusReactiveJwtDecoder.withJwkSetUri(publicUrl + "/auth/jwks")
                .jwsAlgorithm(SignatureAlgorithm.ES256)
                .validateType(false)
                .build();
        decoder.setJwtValidator(new DelegatingOAuth2TokenValidator<>(
                new JwtTypeValidator("gatehouse-assertion+jwt"),
                new JwtIssuerValidator(publicUrl),
                new JwtTimestampValidator(LEEWAY),
                new JwtClaimValidator<Object>("exp", exp -> exp != null),
                new JwtClaimValidator<String>("sub", sub -> sub != null && !sub.isBlank()),
                new JwtClaimValidator<String>("jti", jti -> jti != null && !jti.isBlank()),
                new JwtClaimValidator<List<String>>("aud", aud -> aud != null && aud.contains(route))));
        return decoder;
    }

    private static Mono<Authentication> header(ServerWebExchange exchange) {
        return Mono.justOrEmpty(exchange.getRequest().getHeaders().getFirst("X-Gatehouse-Assertion"))
                .map(BearerTokenAuthenticationToken::new);
    }

    private ReactiveAuthenticationManager manager(
            NimbusReactiveJwtDecoder decoder, String publicUrl, ServerWebExchange exchange) {
        return sent -> decoder.decode(((BearerTokenAuthenticationToken) sent).getToken())
                .doOnNext(jwt -> check(jwt, publicUrl, exchange.getRequest()))
                .onErrorMap(BadJwtException.class, bad -> new InvalidBearerTokenException("not proven", bad))
                .map(jwt -> new JwtAuthenticationToken(jwt, AuthorityUtils.NO_AUTHORITIES));
    }

    private void check(Jwt jwt, String publicUrl, ServerHttpRequest request) {
        String method = request.getMethod().name();
        String url = publicUrl + request.getURI().getRawPath();
        if (!method.equals(jwt.getClaimAsString("htm")) || !url.equals(jwt.getClaimAsString("htu"))) {
            throw new BadJwtException("made for another request");
        }
        if (!SAFE.contains(method) && !isFirst(jwt)) {
            throw new BadJwtException("used before");
        }
    }

    private boolean isFirst(Jwt jwt) {
        used.values().removeIf(end -> end.isBefore(Instant.now()));
        return used.putIfAbsent(jwt.getId(), jwt.getExpiresAt().plus(LEEWAY)) == null;
    }
}
