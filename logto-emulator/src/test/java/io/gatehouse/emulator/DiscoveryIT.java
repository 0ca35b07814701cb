package io.gatehouse.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class DiscoveryIT {

    @RegisterExtension
    static final RunningEmulator EMULATOR = new RunningEmulator();

    private final Control control = EMULATOR.control();

    @Test
    void documentNamesEveryEndpointUnderTheIssuer() throws Exception {
        var metadata = OIDCProviderMetadata.parse(discovery().body());

        assertThat(metadata.getIssuer()).hasToString(EMULATOR.issuer());
        assertThat(metadata.getAuthorizationEndpointURI()).hasToString(EMULATOR.issuer() + "/auth");
        assertThat(metadata.getTokenEndpointURI()).hasToString(EMULATOR.issuer() + "/token");
        assertThat(metadata.getUserInfoEndpointURI()).hasToString(EMULATOR.issuer() + "/me");
        assertThat(metadata.getEndSessionEndpointURI()).hasToString(EMULATOR.issuer() + "/session/end");
        assertThat(metadata.getPushedAuthorizationRequestEndpointURI()).hasToString(EMULATOR.issuer() + "/request");
        assertThat(metadata.supportsAuthorizationResponseIssuerParam()).isTrue();
        assertThat(metadata.supportsBackChannelLogoutSession()).isTrue();
        assertThat(metadata.supportsClaimsParam()).isFalse();
    }

    @Test
    void documentAnnouncesMoreThanLogtoDoes() {
        assertThat(discovery()
                        .json()
                        .path("token_endpoint_auth_methods_supported")
                        .toString())
                .isEqualTo("[\"client_secret_basic\",\"client_secret_jwt\",\"client_secret_post\","
                        + "\"private_key_jwt\",\"none\"]");
        assertThat(discovery().json().has("acr_values_supported")).isFalse();
        assertThat(discovery().json().has("check_session_iframe")).isFalse();
    }

    @Test
    void signingAlgorithmFollowsTheKey() {
        assertThat(algorithms()).isEqualTo("[\"ES384\"]");

        control.post("/control/keys/rotate", Map.of("signingKeyAlgorithm", "RSA"));

        assertThat(algorithms()).isEqualTo("[\"RS256\"]");
    }

    @Test
    void authorizationServerMetadataAnswerToo() {
        var answer = Answer.get(EMULATOR.issuer() + "/.well-known/oauth-authorization-server");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(discovery().body());
    }

    @Test
    void keySetHasOneEllipticKeyThatIsAlwaysRevalidated() {
        var answer = jwks();

        assertThat(answer.header("content-type")).startsWith("application/jwk-set+json");
        assertThat(answer.header("cache-control")).isEqualTo("no-cache, max-age=0, must-revalidate");
        var key = answer.json().path("keys").path(0);
        assertThat(key.path("kty").asString()).isEqualTo("EC");
        assertThat(key.path("crv").asString()).isEqualTo("P-384");
        assertThat(key.path("alg").asString()).isEqualTo("ES384");
        assertThat(key.path("use").asString()).isEqualTo("sig");
        assertThat(key.has("d")).isFalse();
        assertThat(answer.json().path("keys").size()).isEqualTo(1);
    }

    @Test
    void unchangedKeySetIsNotSentAgain() {
        String tag = jwks().header("etag");

        var again = Answer.to(
                HttpRequest.newBuilder(URI.create(EMULATOR.issuer() + "/jwks")).header("if-none-match", tag));

        assertThat(again.status()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
    }

    @Test
    void rotationListsCurrentAndPreviousAndSignsWithTheNewKeyAtOnce() {
        String before = jwks().json().path("keys").path(0).path("kid").asString();

        String current = control.post("/control/keys/rotate", Map.of("signingKeyAlgorithm", "EC"))
                .tree()
                .path(0)
                .path("id")
                .asString();

        assertThat(kids()).containsExactly(current, before);
        var tokens = EMULATOR.app().tokens(new Browser(), EMULATOR.app().request());
        String idToken = tokens.path("id_token").asString();
        assertThat(Tokens.header(idToken).path("kid").asString()).isEqualTo(current);
        assertThat(Tokens.isVerifiable(idToken, jwks().body())).isTrue();
    }

    @Test
    void onlyThePreviousKeyCanBeDeleted() {
        String previous = kids().getFirst();
        control.post("/control/keys/rotate", Map.of());
        String current = kids().getFirst();

        assertThat(control.send("DELETE", "/control/keys/" + current, null).status())
                .isEqualTo(400);
        control.delete("/control/keys/" + previous);

        assertThat(kids()).containsExactly(current);
    }

    @Test
    void afterRotationToRsaTokensAreSignedWithIt() {
        control.post("/control/keys/rotate", Map.of("signingKeyAlgorithm", "RSA"));

        var tokens = EMULATOR.app().tokens(new Browser(), EMULATOR.app().request());

        String idToken = tokens.path("id_token").asString();
        assertThat(Tokens.header(idToken).path("alg").asString()).isEqualTo("RS256");
        assertThat(Tokens.isVerifiable(idToken, jwks().body())).isTrue();
    }

    private static Answer discovery() {
        return Answer.get(EMULATOR.issuer() + "/.well-known/openid-configuration");
    }

    private static Answer jwks() {
        return Answer.get(EMULATOR.issuer() + "/jwks");
    }

    private static List<String> kids() {
        return jwks().json()
                .path("keys")
                .valueStream()
                .map(it -> it.path("kid").asString())
                .toList();
    }

    private static String algorithms() {
        return discovery().json().path("id_token_signing_alg_values_supported").toString();
    }
}
