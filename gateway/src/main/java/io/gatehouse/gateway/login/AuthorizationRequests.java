package io.gatehouse.gateway.login;

import io.gatehouse.gateway.edge.EndpointPaths;
import io.gatehouse.gateway.edge.PublicUrl;
import io.gatehouse.gateway.provider.ProviderAccount;
import io.gatehouse.gateway.provider.ProviderMetadata;
import io.gatehouse.gateway.route.RouteTable;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.core.endpoint.OAuth2ParameterNames;
import org.springframework.security.oauth2.core.endpoint.PkceParameterNames;
import org.springframework.security.oauth2.core.oidc.endpoint.OidcParameterNames;

/**
 * Makes the authorization request of a flow (OpenID Connect Core 1.0, section 3.1.2.1): code, PKCE S256, nonce, and
 * every API resource that any route needs. Everything is derived from the flow, so that the callback can make the same
 * request again.
 */
final class AuthorizationRequests {

    private static final List<String> SCOPES = List.of("openid", "profile", "email", "offline_access");
    /** Asks nobody for credentials, and the IdP to say when they were given: a rule may ask for that later. */
    private static final String ANY_AGE = Long.toString(Duration.ofDays(365).toSeconds());

    private static final List<String> LOGTO_SCOPES = List.of("roles", "urn:logto:scope:organizations");

    private final ProviderAccount account;
    private final RouteTable routes;
    private final LoginProperties login;
    private final String redirectUri;

    AuthorizationRequests(
            ProviderAccount account,
            RouteTable routes,
            LoginProperties login,
            PublicUrl publicUrl,
            EndpointPaths paths) {
        this.account = account;
        this.routes = routes;
        this.login = login;
        this.redirectUri = publicUrl.resolve(paths.callback());
    }

    /** The API resources every sign-in asks for. */
    Set<String> resources() {
        Set<String> all = new TreeSet<>(routes.resources());
        all.addAll(login.resources());
        return all;
    }

    /**
     * The request of a flow.
     *
     * @param state as it is sent: that of the flow, perhaps with something at its end
     */
    OAuth2AuthorizationRequest of(Flow flow, String state, ProviderMetadata metadata) {
        return OAuth2AuthorizationRequest.authorizationCode()
                .authorizationUri(metadata.authorizationEndpoint())
                .clientId(account.clientId())
                .redirectUri(redirectUri)
                .scopes(scopes())
                .state(state)
                .attributes(attributes -> {
                    attributes.put(PkceParameterNames.CODE_VERIFIER, flow.codeVerifier());
                    attributes.put(OidcParameterNames.NONCE, flow.nonce());
                    attributes.put(
                            OAuth2ParameterNames.REGISTRATION_ID,
                            metadata.registration().getRegistrationId());
                })
                .additionalParameters(additional(flow))
                // Spring leaves "+" as it is, and the IdP would read it as a space.
                .authorizationRequestUri(
                        uri -> URI.create(uri.build().toString().replace("+", "%2B")))
                .build();
    }

    private Map<String, Object> additional(Flow flow) {
        Map<String, Object> additional = new LinkedHashMap<>();
        additional.put(OidcParameterNames.NONCE, sha256(flow.nonce()));
        additional.put(PkceParameterNames.CODE_CHALLENGE, sha256(flow.codeVerifier()));
        additional.put(PkceParameterNames.CODE_CHALLENGE_METHOD, "S256");
        // Without "consent" there is no refresh token (OpenID Connect Core 1.0, section 11).
        additional.put("prompt", flow.demand().needsCredentials() ? "login consent" : "consent");
        additional.putAll(proof(flow.demand()));
        Set<String> resources = resources();
        if (!resources.isEmpty()) {
            additional.put("resource", List.copyOf(resources));
        }
        if (!flow.organization().isEmpty()) {
            additional.put("organization_id", flow.organization());
        }
        additional.putAll(login.defaults());
        additional.putAll(flow.parameters());
        return additional;
    }

    /** Only {@code max_age} makes {@code auth_time} required; Logto sends it with {@code prompt=login} as well. */
    private Map<String, String> proof(Demand demand) {
        Map<String, String> proof = new LinkedHashMap<>();
        if (demand.needsAge() && !(demand.needsCredentials() && account.isLogto())) {
            proof.put("max_age", Integer.toString(demand.maxAge()));
        } else if (routes.needsSignInTime()) {
            proof.put("max_age", ANY_AGE);
        }
        if (!demand.acrValues().isEmpty()) {
            proof.put("acr_values", demand.acrValues());
        }
        return proof;
    }

    private Set<String> scopes() {
        Set<String> scopes = new LinkedHashSet<>(SCOPES);
        if (account.isLogto()) {
            scopes.addAll(LOGTO_SCOPES);
            scopes.addAll(routes.logtoScopes());
        }
        scopes.addAll(login.scopes());
        scopes.addAll(routes.scopes());
        return scopes;
    }

    private static String sha256(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
