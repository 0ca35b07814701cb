package io.gatehouse.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.oauth2.sdk.pkce.CodeChallenge;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class CodeExchangeIT {

    @RegisterExtension
    static final RunningEmulator EMULATOR = new RunningEmulator();

    private final App app = EMULATOR.app();
    private final Browser browser = new Browser();

    @Test
    void responseHasLogtosMembersAndHeaders() {
        var answer = app.exchange(code(app.request().offline()));

        assertThat(answer.json().propertyNames())
                .containsExactly("access_token", "expires_in", "id_token", "refresh_token", "scope", "token_type");
        assertThat(answer.text("token_type")).isEqualTo("Bearer");
        assertThat(answer.json().path("expires_in").asInt()).isEqualTo(3600);
        assertThat(answer.text("refresh_token")).hasSize(43);
        assertThat(answer.header("cache-control")).isEqualTo("no-store");
        assertThat(answer.header("logto-core-request-id")).isNotEmpty();
        assertThat(answer.header("keep-alive")).isEqualTo("timeout=5");
        assertThat(answer.header("date")).endsWith("GMT");
    }

    @Test
    void pkceIsHonouredWhenSent() {
        var verifier = new CodeVerifier();
        String code = code(withChallenge(verifier));

        assertThat(app.exchange(code, "code_verifier", new CodeVerifier().getValue())
                        .text("error"))
                .isEqualTo("invalid_grant");
        assertThat(app.exchange(code).text("error")).isEqualTo("invalid_grant");
        assertThat(app.exchange(code, "code_verifier", verifier.getValue()).status())
                .isEqualTo(200);
    }

    @Test
    void verifierWithoutChallengeIsInvalidGrant() {
        assertThat(app.exchange(code(app.request()), "code_verifier", new CodeVerifier().getValue())
                        .text("error"))
                .isEqualTo("invalid_grant");
    }

    @Test
    void codeIsGoodForSixtySeconds() {
        String code = code(app.request());
        EMULATOR.advance(Duration.ofSeconds(61));

        assertThat(app.exchange(code).text("error")).isEqualTo("invalid_grant");
    }

    @Test
    void secondUseRevokesAllThatCameOfTheFirst() {
        String code = code(app.request().offline());
        var tokens = app.exchange(code).json();

        assertThat(app.exchange(code).text("error")).isEqualTo("invalid_grant");

        assertThat(app.refresh(tokens.path("refresh_token").asString()).text("error"))
                .isEqualTo("invalid_grant");
        assertThat(app.userInfo(tokens.path("access_token").asString()).status())
                .isEqualTo(401);
    }

    @Test
    void otherClientsAndOtherRedirectUrisAreInvalidGrant() {
        EMULATOR.control()
                .post(
                        "/control/applications",
                        Map.of("id", "other", "secret", "s", "redirectUris", List.of(App.CALLBACK)));
        String code = code(app.request());

        assertThat(new App(app.endpoint(), "other", "s").exchange(code).text("error"))
                .isEqualTo("invalid_grant");
        assertThat(app.exchange(code, "redirect_uri", App.HOME).text("error")).isEqualTo("invalid_grant");
        assertThat(app.exchange(code).status()).isEqualTo(200);
    }

    @Test
    void invalidGrantReadsTheSameWhateverIsWrong() {
        var answer = app.exchange("nonsense");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body())
                .isEqualTo("{\"code\":\"oidc.invalid_grant\",\"message\":\"Grant request is invalid.\","
                        + "\"error_uri\":\"https://openid.sh/debug/invalid_grant\",\"error\":\"invalid_grant\","
                        + "\"error_description\":\"grant request is invalid\"}");
    }

    @Test
    void otherGrantTypesAreRefused() {
        assertThat(app.post("/oidc/token", Map.of("grant_type", "password")).text("error"))
                .isEqualTo("unsupported_grant_type");
        assertThat(app.post("/oidc/token", Map.of("grant_type", "client_credentials"))
                        .text("error_description"))
                .isEqualTo("requested grant type is not allowed for this client");
        assertThat(app.post("/oidc/token", Map.of("x", "y")).text("error_description"))
                .isEqualTo("missing required parameter 'grant_type'");
    }

    private AuthorizationUrl withChallenge(CodeVerifier verifier) {
        String challenge =
                CodeChallenge.compute(CodeChallengeMethod.S256, verifier).getValue();
        return app.request().with("code_challenge", challenge).with("code_challenge_method", "S256");
    }

    private String code(AuthorizationUrl request) {
        return browser.signIn(request).query("code");
    }
}
