package io.gatehouse.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpRequest;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class IssuedTokensIT {

    @RegisterExtension
    static final RunningEmulator EMULATOR = new RunningEmulator();

    private final App app = EMULATOR.app();
    private final Browser browser = new Browser();

    @Test
    void userinfoAnswersByHeaderAndByForm() {
        String token = app.tokens(browser, app.request()).path("access_token").asString();

        var byHeader = app.userInfo(token);
        var byForm = Answer.to(HttpRequest.newBuilder(URI.create(EMULATOR.issuer() + "/me"))
                .header("content-type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString("access_token=" + token)));

        assertThat(byHeader.text("sub")).isEqualTo("9xdtcxqv0uke");
        assertThat(byHeader.json().propertyNames())
                .contains("name", "email", "roles")
                .doesNotContain("nonce", "iss");
        assertThat(byForm.body()).isEqualTo(byHeader.body());
    }

    @Test
    void userinfoKnowsWhatIdTokensLeaveOut() {
        var tokens = app.tokens(browser, app.request().scopes("custom_data identities urn:logto:scope:organizations"));

        var info = app.userInfo(tokens.path("access_token").asString()).json();

        assertThat(info.path("custom_data").toString()).isEqualTo("{}");
        assertThat(info.path("sso_identities").toString()).isEqualTo("[]");
        assertThat(info.path("organization_data").path(0).path("name").asString())
                .isEqualTo("Acme Books");
    }

    @Test
    void userinfoWithoutAValidTokenIs401WithAChallenge() {
        var wrong = app.userInfo("nonsense");
        var none = Answer.get(EMULATOR.issuer() + "/me");

        assertThat(wrong.status()).isEqualTo(401);
        assertThat(wrong.header("www-authenticate"))
                .startsWith("Bearer realm=\"" + EMULATOR.issuer() + "\", error=\"invalid_token\"");
        assertThat(none.status()).isEqualTo(401);
    }

    @Test
    void introspectionDescribesOpaqueTokens() {
        String token = app.tokens(browser, app.request()).path("access_token").asString();

        var answer = app.introspect(token).json();

        assertThat(answer.propertyNames())
                .containsExactly("active", "sub", "client_id", "exp", "iat", "sid", "iss", "scope", "token_type");
        assertThat(answer.path("active").asBoolean()).isTrue();
        assertThat(answer.path("token_type").asString()).isEqualTo("Bearer");
    }

    @Test
    void introspectionDescribesRefreshTokens() {
        String token = app.tokens(browser, app.request().offline())
                .path("refresh_token")
                .asString();

        assertThat(app.introspect(token).json().path("active").asBoolean()).isTrue();
    }

    @Test
    void introspectionRefusesJwts() {
        var tokens = app.tokens(browser, app.request().books(), "resource", App.BOOKS);

        for (String token : new String[] {"access_token", "id_token"}) {
            var answer = app.introspect(tokens.path(token).asString());
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.text("error")).isEqualTo("unsupported_token_type");
            assertThat(answer.text("error_description")).startsWith("Structured JWT Tokens cannot be introspected");
        }
    }

    @Test
    void introspectionOfNonsenseIsInactive() {
        assertThat(app.introspect("nonsense").body()).isEqualTo("{\"active\":false}");
    }

    @Test
    void revokingTheRefreshTokenKillsTheWholeGrant() {
        var tokens = app.tokens(browser, app.request().offline());

        assertThat(app.revoke(tokens.path("refresh_token").asString()).status()).isEqualTo(200);

        assertThat(app.refresh(tokens.path("refresh_token").asString()).text("error"))
                .isEqualTo("invalid_grant");
        assertThat(app.userInfo(tokens.path("access_token").asString()).status())
                .isEqualTo(401);
    }

    @Test
    void revokingTheAccessTokenKillsTheRefreshTokenAsWell() {
        var tokens = app.tokens(browser, app.request().offline());

        app.revoke(tokens.path("access_token").asString());

        assertThat(app.refresh(tokens.path("refresh_token").asString()).text("error"))
                .isEqualTo("invalid_grant");
    }

    @Test
    void revokingAJwtIsRefusedAndNonsenseIsNot() {
        var tokens = app.tokens(browser, app.request().books(), "resource", App.BOOKS);

        assertThat(app.revoke(tokens.path("access_token").asString()).text("error"))
                .isEqualTo("unsupported_token_type");
        assertThat(app.revoke("nonsense").status()).isEqualTo(200);
    }

    @Test
    void revocationNeedsAuthentication() {
        var answer = Answer.to(HttpRequest.newBuilder(URI.create(EMULATOR.issuer() + "/token/revocation"))
                .header("content-type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString("token=x")));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text("error")).isEqualTo("invalid_request");
    }

    @Test
    void revocationEndsNoSessionAndSendsNoLogoutToken() {
        try (var receiver = new Receiver()) {
            EMULATOR.control().application(Map.of("backchannelLogoutUri", receiver.url()));
            var tokens = app.tokens(browser, app.request().offline());

            app.revoke(tokens.path("refresh_token").asString());

            assertThat(browser.open(app.request()).query("code")).isNotEmpty();
            assertThat(receiver.count()).isZero();
        }
    }
}
