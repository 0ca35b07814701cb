package io.gatehouse.gateway.logout;

import io.gatehouse.gateway.edge.EndpointPaths;
import io.gatehouse.gateway.edge.PublicUrl;
import io.gatehouse.gateway.problem.GatewayException;
import io.gatehouse.gateway.provider.Provider;
import io.gatehouse.gateway.provider.ProviderAccount;
import io.gatehouse.gateway.route.RouteTable;
import java.net.URI;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriComponentsBuilder;
import reactor.core.publisher.Mono;

/** Where a browser goes to sign out at the IdP as well (OpenID Connect RP-Initiated Logout 1.0, section 2). */
final class EndSession {

    private final Provider provider;
    private final ProviderAccount account;
    private final RouteTable routes;
    private final PublicUrl publicUrl;
    private final EndpointPaths paths;
    private final LogoutProperties properties;

    EndSession(
            Provider provider,
            ProviderAccount account,
            RouteTable routes,
            PublicUrl publicUrl,
            EndpointPaths paths,
            LogoutProperties properties) {
        this.properties = properties;
        this.provider = provider;
        this.account = account;
        this.routes = routes;
        this.publicUrl = publicUrl;
        this.paths = paths;
    }

    /**
     * The IdP's end-session endpoint with a way back here, or that way itself if the IdP has no such endpoint or cannot
     * be reached.
     *
     * @param idToken for the hint; null without a session
     */
    Mono<String> location(@Nullable String idToken) {
        return provider.metadata()
                .map(metadata -> metadata.endSessionEndpoint()
                        .map(endpoint -> with(endpoint, idToken))
                        .orElseGet(this::back))
                .onErrorReturn(GatewayException.class, back());
    }

    private String with(String endpoint, @Nullable String idToken) {
        UriComponentsBuilder url = UriComponentsBuilder.fromUriString(endpoint)
                .queryParam("client_id", "{client}")
                .queryParam("post_logout_redirect_uri", "{back}");
        // Logto treats client and hint alike, but a hint signed with a key that is gone ends at an error page.
        Optional<String> hint = account.isLogto() ? Optional.empty() : Optional.ofNullable(idToken);
        hint.ifPresent(token -> url.queryParam("id_token_hint", token));
        return url.encode().buildAndExpand(account.clientId(), back()).toUriString();
    }

    /** Everywhere a browser may be redirected to on its way out, if it begins at {@code next}. */
    URI[] stations(String next) {
        return Stream.of(URI.create(next), properties.next())
                .filter(Objects::nonNull)
                .toArray(URI[]::new);
    }

    /**
     * The home page if people may see it signed out, otherwise it would start a sign-in at once; and if the browser is
     * to go on from here, the page that sends it.
     */
    private String back() {
        boolean goesHome = properties.then() == null && routes.isOpen("/");
        return publicUrl.resolve(goesHome ? "/" : paths.signedOut());
    }
}
