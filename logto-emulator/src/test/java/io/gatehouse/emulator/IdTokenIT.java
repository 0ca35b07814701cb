package io.gatehouse.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.node.ObjectNode;

class IdTokenIT {

    @RegisterExtension
    static final RunningEmulator EMULATOR = new RunningEmulator();

    private final App app = EMULATOR.app();
    private final Browser browser = new Browser();

    @Test
    void headerHasNoTyp() {
        var header = Tokens.header(idToken(app.request()));

        assertThat(header.propertyNames()).containsExactlyInAnyOrder("alg", "kid");
        assertThat(header.path("alg").asString()).isEqualTo("ES384");
    }

    @Test
    void claimsComeInLogtosOrder() {
        var claims = claims(app.request());

        assertThat(claims.propertyNames())
                .containsExactly(
                        "sub",
                        "name",
                        "family_name",
                        "given_name",
                        "preferred_username",
                        "picture",
                        "zoneinfo",
                        "locale",
                        "updated_at",
                        "username",
                        "created_at",
                        "email",
                        "email_verified",
                        "roles",
                        "nonce",
                        "sid",
                        "aud",
                        "exp",
                        "iat",
                        "iss");
    }

    @Test
    void claimsSayWhatLogtoSays() {
        var claims = claims(app.request());

        assertThat(claims.path("sub").asString()).matches("[0-9a-z]{12}");
        assertThat(claims.path("preferred_username").asString()).isEqualTo("alice");
        assertThat(claims.path("picture").isNull()).isTrue();
        assertThat(claims.path("email_verified").asBoolean()).isTrue();
        assertThat(claims.path("roles").toString()).isEqualTo("[\"bookseller\"]");
        assertThat(claims.path("nonce").asString()).isEqualTo("the-nonce");
        assertThat(claims.path("aud").isString()).isTrue();
        assertThat(claims.path("exp").asLong() - claims.path("iat").asLong()).isEqualTo(3600);
        assertThat(claims.path("iss").asString()).isEqualTo(EMULATOR.issuer());
    }

    @Test
    void timesOfTheProfileAreMilliseconds() {
        var claims = claims(app.request());

        assertThat(claims.path("updated_at").asLong()).isGreaterThan(1_000_000_000_000L);
        assertThat(claims.path("created_at").asLong()).isGreaterThan(1_000_000_000_000L);
    }

    @Test
    void updatedAtChangesAtEverySignIn() {
        long first = claims(app.request()).path("updated_at").asLong();
        EMULATOR.advance(Duration.ofSeconds(2));
        var again = browser.signIn(app.request().with("prompt", "login"));

        var claims = Tokens.claims(app.exchange(again.query("code")).text("id_token"));
        assertThat(claims.path("updated_at").asLong()).isGreaterThan(first);
    }

    @Test
    void missingNameAndAddressAreNull() {
        EMULATOR.control().post("/control/users", Map.of("username", "nameless", "password", "Correct-Horse-7"));
        var page = browser.signIn(app.request(), "nameless", "Correct-Horse-7");

        var claims = Tokens.claims(app.exchange(page.query("code")).text("id_token"));
        assertThat(claims.path("name").isNull()).isTrue();
        assertThat(claims.path("email").isNull()).isTrue();
        assertThat(claims.path("email_verified").asBoolean()).isFalse();
        assertThat(claims.has("given_name")).isFalse();
    }

    @Test
    void authTimeAppearsOnlyForThoseWhoCare() {
        assertThat(claims(app.request()).has("auth_time")).isFalse();
        assertThat(claims(app.request().with("max_age", "600")).has("auth_time"))
                .isTrue();

        var fresh = browser.signIn(app.request().with("prompt", "login"));
        assertThat(Tokens.claims(app.exchange(fresh.query("code")).text("id_token"))
                        .has("auth_time"))
                .isTrue();
    }

    @Test
    void sidNeedsBothBackChannelSettings() {
        assertThat(claims(app.request()).has("sid")).isTrue();

        EMULATOR.control().application(Map.of("backchannelLogoutSessionRequired", false));
        assertThat(claims(app.request()).has("sid")).isFalse();

        var withoutUri = new HashMap<String, Object>();
        withoutUri.put("backchannelLogoutSessionRequired", true);
        withoutUri.put("backchannelLogoutUri", null);
        EMULATOR.control().application(withoutUri);
        assertThat(claims(app.request()).has("sid")).isFalse();
    }

    @Test
    void sidIsTheBrowserSessionsAndTheApplicationsOwn() {
        String sid = claims(app.request()).path("sid").asString();

        assertThat(claims(app.request()).path("sid").asString()).isEqualTo(sid);
        var again = browser.signIn(app.request().with("prompt", "login"));
        assertThat(Tokens.claims(app.exchange(again.query("code")).text("id_token"))
                        .path("sid")
                        .asString())
                .isEqualTo(sid);
        assertThat(Tokens.claims(app.tokens(new Browser(), app.request())
                                .path("id_token")
                                .asString())
                        .path("sid")
                        .asString())
                .isNotEqualTo(sid);
    }

    @Test
    void scopesDecideAboutClaims() {
        assertThat(claims(app.request().with("scope", "openid")).propertyNames())
                .containsExactly("sub", "nonce", "sid", "aud", "exp", "iat", "iss");
    }

    @Test
    void organizationsAndTheirRolesAreClaims() {
        var claims = claims(app.request().scopes("urn:logto:scope:organizations urn:logto:scope:organization_roles"));

        assertThat(claims.path("organizations").toString()).isEqualTo("[\"acmebooks001\"]");
        assertThat(claims.path("organization_roles").toString()).isEqualTo("[\"acmebooks001:editor\"]");
        assertThat(claims.has("organization_data")).isFalse();
    }

    @Test
    void extendedClaimsCanBeTurnedOn() {
        var request = app.request().scopes("custom_data identities");
        assertThat(claims(request).has("custom_data")).isFalse();

        EMULATOR.control()
                .patch(
                        "/control/sign-in-experience",
                        Map.of("enabledExtendedClaims", List.of("custom_data", "sso_identities")));

        var claims = claims(request);
        assertThat(claims.has("custom_data")).isTrue();
        assertThat(claims.has("sso_identities")).isTrue();
        assertThat(claims.has("roles")).isFalse();
    }

    private ObjectNode claims(AuthorizationUrl request) {
        return Tokens.claims(idToken(request));
    }

    /** Signs in if need be. */
    private String idToken(AuthorizationUrl request) {
        var page = browser.open(request);
        var answered = page.isAtApplication() ? page : browser.signIn(request);
        return app.exchange(answered.query("code")).text("id_token");
    }
}
