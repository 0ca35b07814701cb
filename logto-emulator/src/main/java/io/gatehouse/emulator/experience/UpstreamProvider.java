package io.gatehouse.emulator.experience;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import com.nimbusds.openid.connect.sdk.validators.IDTokenValidator;
import io.gatehouse.emulator.authorize.SsoAttempt;
import io.gatehouse.emulator.directory.Connector;
import io.gatehouse.emulator.http.HttpCaller;
import io.gatehouse.emulator.http.Json;
import io.gatehouse.emulator.http.Parameters;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.Base64;
import java.util.LinkedHashMap;
import tools.jackson.databind.node.ObjectNode;

/**
 * Speaks to an enterprise provider as Logto does: discovery anew each time, six parameters and no more in the request,
 * a secret in the header that nobody form-encodes, and the profile from userinfo.
 */
final class UpstreamProvider {

    private final HttpCaller http = new HttpCaller();

    /**
     * Where the browser goes. No PKCE, no {@code login_hint}, no {@code prompt}, whatever the application asked for.
     */
    String authorizationUrl(Connector connector, SsoAttempt attempt, String redirectUri) throws UpstreamFailure {
        var query = new LinkedHashMap<String, String>();
        query.put("state", attempt.state());
        query.put("nonce", attempt.nonce());
        query.put("client_id", connector.clientId());
        query.put("response_type", "code");
        query.put("redirect_uri", redirectUri);
        query.put("scope", connector.scope());
        return discover(connector).getAuthorizationEndpointURI() + "?" + Parameters.encode(query);
    }

    /** Who signed in there, as userinfo tells it. */
    ObjectNode profile(Connector connector, SsoAttempt attempt, String code, String redirectUri)
            throws UpstreamFailure {
        OIDCProviderMetadata provider = discover(connector);
        ObjectNode tokens = exchange(connector, provider, code, redirectUri);
        String subject = verify(connector, provider, tokens.path("id_token").asString(), attempt.nonce());
        ObjectNode profile = fetch(HttpRequest.newBuilder(provider.getUserInfoEndpointURI())
                .header("authorization", "Bearer " + tokens.path("access_token").asString())
                .build());
        if (!profile.path("sub").asString().equals(subject)) {
            throw new UpstreamFailure("userinfo is about somebody else");
        }
        return profile;
    }

    private OIDCProviderMetadata discover(Connector connector) throws UpstreamFailure {
        ObjectNode document =
                fetch(HttpRequest.newBuilder(URI.create(connector.issuer() + "/.well-known/openid-configuration"))
                        .build());
        try {
            return OIDCProviderMetadata.parse(document.toString());
        } catch (com.nimbusds.oauth2.sdk.ParseException e) {
            throw new UpstreamFailure("discovery is malformed", e);
        }
    }

    private ObjectNode exchange(Connector connector, OIDCProviderMetadata provider, String code, String redirectUri)
            throws UpstreamFailure {
        var form = new LinkedHashMap<String, String>();
        form.put("grant_type", "authorization_code");
        form.put("code", code);
        form.put("redirect_uri", redirectUri);
        String credentials =
                connector.clientId() + ":" + connector.clientSecret().value();
        return fetch(HttpRequest.newBuilder(provider.getTokenEndpointURI())
                .header("content-type", "application/x-www-form-urlencoded")
                .header(
                        "authorization",
                        "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8)))
                .POST(HttpRequest.BodyPublishers.ofString(Parameters.encode(form)))
                .build());
    }

    private String verify(Connector connector, OIDCProviderMetadata provider, String idToken, String nonce)
            throws UpstreamFailure {
        try {
            var jwt = SignedJWT.parse(idToken);
            var keys = JWKSet.parse(
                    fetch(HttpRequest.newBuilder(provider.getJWKSetURI()).build())
                            .toString());
            var validator = new IDTokenValidator(
                    new Issuer(connector.issuer()),
                    new ClientID(connector.clientId()),
                    jwt.getHeader().getAlgorithm(),
                    keys);
            return validator.validate(jwt, new Nonce(nonce)).getSubject().getValue();
        } catch (ParseException | BadJOSEException | JOSEException e) {
            throw new UpstreamFailure("the ID token does not hold", e);
        }
    }

    private ObjectNode fetch(HttpRequest request) throws UpstreamFailure {
        try {
            HttpResponse<String> response = http.send(request);
            if (response.statusCode() != 200) {
                throw new UpstreamFailure(request.uri().getPath() + " answered " + response.statusCode());
            }
            return Json.readObject(response.body())
                    .orElseThrow(() -> new UpstreamFailure(request.uri().getPath() + " did not answer with JSON"));
        } catch (IOException e) {
            throw new UpstreamFailure(request.uri().getPath() + " cannot be reached", e);
        }
    }
}
