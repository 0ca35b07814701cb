package io.gatehouse.bookstore.access;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.config.web.server.ServerHttpSecurity.CsrfSpec;
import org.springframework.security.config.web.server.ServerHttpSecurity.FormLoginSpec;
import org.springframework.security.config.web.server.ServerHttpSecurity.HeaderSpec;
import org.springframework.security.config.web.server.ServerHttpSecurity.HttpBasicSpec;
import org.springframework.security.config.web.server.ServerHttpSecurity.LogoutSpec;
import org.springframework.security.config.web.server.ServerHttpSecurity.RequestCacheSpec;
import org.springframework.security.oauth2.server.resource.authentication.JwtGrantedAuthoritiesConverter;
import org.springframework.security.oauth2.server.resource.authentication.ReactiveJwtAuthenticationConverter;
import org.springframework.security.oauth2.server.resource.authentication.ReactiveJwtGrantedAuthoritiesConverterAdapter;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.context.NoOpServerSecurityContextRepository;
import org.springframework.security.web.server.header.ReferrerPolicyServerHttpHeadersWriter.ReferrerPolicy;
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatchers;

/**
 * The path of a request through Spring Security, top to bottom: first what is open to everybody, then what a token
 * opens. Nothing is kept between requests, so there is no session, no cookie and no forgery to protect from.
 */
@Configuration(proxyBeanMethods = false)
class AccessConfiguration {

    private static final String BOOKS = "/api/books/**";

    private static final RequiredScope READ = new RequiredScope("read:books");

    private static final RequiredScope WRITE = new RequiredScope("write:books");

    /**
     * What a page may load. There is no {@code form-action}: browsers apply it to redirects as well, and signing out is
     * a form that ends at the identity provider.
     */
    private static final String CONTENT_SECURITY_POLICY =
            "default-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'";

    /** Whether a request gets here at all is the gateway's decision; a token that comes along is not looked at. */
    @Bean
    @Order(1)
    SecurityWebFilterChain open(ServerHttpSecurity http) {
        return stateless(http)
                .securityMatcher(ServerWebExchangeMatchers.pathMatchers("/public/**", "/echo/**", "/received"))
                .authorizeExchange(access -> access.anyExchange().permitAll())
                .build();
    }

    /** A page is for everybody; what is behind it needs a scope; what is not listed needs at least a token. */
    @Bean
    @Order(2)
    SecurityWebFilterChain tokens(ServerHttpSecurity http, TokenRefusals refusals) {
        return stateless(http)
                .authorizeExchange(access -> access.pathMatchers("/", "/books", "/whoami")
                        .permitAll()
                        .pathMatchers(HttpMethod.GET, BOOKS)
                        .access(READ)
                        .pathMatchers(HttpMethod.HEAD, BOOKS)
                        .access(READ)
                        .pathMatchers(BOOKS)
                        .access(WRITE)
                        .anyExchange()
                        .authenticated())
                .oauth2ResourceServer(tokens -> tokens.authenticationFailureHandler(refusals::invalid)
                        .jwt(jwt -> jwt.jwtAuthenticationConverter(scopesAsTheyAre())))
                .exceptionHandling(failures -> failures.authenticationEntryPoint(refusals::missing)
                        .accessDeniedHandler(refusals::insufficient))
                .build();
    }

    private static ServerHttpSecurity stateless(ServerHttpSecurity http) {
        return http.securityContextRepository(NoOpServerSecurityContextRepository.getInstance())
                .requestCache(RequestCacheSpec::disable)
                .csrf(CsrfSpec::disable)
                .formLogin(FormLoginSpec::disable)
                .httpBasic(HttpBasicSpec::disable)
                .logout(LogoutSpec::disable)
                .headers(AccessConfiguration::headers);
    }

    /** No {@code Cache-Control} from here: an answer that needs one sets it, for the others the gateway does. */
    private static void headers(HeaderSpec headers) {
        headers.cache(HeaderSpec.CacheSpec::disable)
                .contentSecurityPolicy(policy -> policy.policyDirectives(CONTENT_SECURITY_POLICY))
                // With no-referrer, the default, a browser would send the sign-out form with "Origin: null".
                .referrerPolicy(referrer -> referrer.policy(ReferrerPolicy.SAME_ORIGIN));
    }

    /** The authority is the scope itself, without Spring's {@code SCOPE_} in front. */
    private static ReactiveJwtAuthenticationConverter scopesAsTheyAre() {
        JwtGrantedAuthoritiesConverter scopes = new JwtGrantedAuthoritiesConverter();
        scopes.setAuthoritiesClaimName("scope");
        scopes.setAuthorityPrefix("");
        ReactiveJwtAuthenticationConverter converter = new ReactiveJwtAuthenticationConverter();
        converter.setJwtGrantedAuthoritiesConverter(new ReactiveJwtGrantedAuthoritiesConverterAdapter(scopes));
        return converter;
    }
}
