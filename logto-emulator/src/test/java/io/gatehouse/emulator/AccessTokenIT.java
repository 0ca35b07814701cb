package io.gatehouse.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class AccessTokenIT {

    @RegisterExtension
    static final RunningEmulator EMULATOR = new RunningEmulator();

    private final App app = EMULATOR.app();
    private final Browser browser = new Browser();

    @Test
    void withoutResourceItIsOpaque() {
        String token = app.tokens(browser, app.request()).path("access_token").asString();

        assertThat(token).matches("[\\w-]{43}");
        assertThat(app.userInfo(token).status()).isEqualTo(200);
    }

    @Test
    void resourceInTheAuthorizationRequestAloneIsOpaque() {
        var tokens = app.tokens(browser, app.request().books());

        assertThat(tokens.path("access_token").asString()).hasSize(43);
        assertThat(tokens.path("scope").asString()).isEqualTo("openid profile email roles");
    }

    @Test
    void resourceInBothRequestsIsAJwt() {
        var tokens = app.tokens(browser, app.request().books(), "resource", App.BOOKS);

        String token = tokens.path("access_token").asString();
        var header = Tokens.header(token);
        assertThat(header.path("typ").asString()).isEqualTo("at+jwt");
        assertThat(header.path("alg").asString()).isEqualTo("ES384");
        var claims = Tokens.claims(token);
        assertThat(claims.propertyNames())
                .containsExactly("jti", "sub", "iat", "exp", "scope", "client_id", "iss", "aud");
        assertThat(claims.path("aud").asString()).isEqualTo(App.BOOKS);
        assertThat(claims.path("scope").asString()).isEqualTo("read:books write:books");
        assertThat(tokens.path("scope").asString()).isEqualTo("read:books write:books");
    }

    @Test
    void lifetimeIsTheResources() {
        EMULATOR.control().post("/control/resources", Map.of("indicator", App.BOOKS, "accessTokenTtl", "5m"));

        var tokens = app.tokens(browser, app.request().books(), "resource", App.BOOKS);

        assertThat(tokens.path("expires_in").asInt()).isEqualTo(300);
    }

    @Test
    void withoutApiScopesItIsAJwtWithAnEmptyScope() {
        var tokens = app.tokens(browser, app.request().with("resource", App.BOOKS), "resource", App.BOOKS);

        assertThat(tokens.path("scope").asString()).isEmpty();
        assertThat(Tokens.claims(tokens.path("access_token").asString())
                        .path("scope")
                        .asString())
                .isEmpty();
    }

    @Test
    void resourceInTheTokenRequestAloneIsInvalidTarget() {
        var answer = app.exchange(browser.signIn(app.request()).query("code"), "resource", App.BOOKS);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text("error")).isEqualTo("invalid_target");
        assertThat(answer.text("error_description")).isEqualTo("resource indicator is missing, or unknown");
    }

    @Test
    void oneOfTwoResourcesCanBeChosen() {
        String other = otherResource();
        var request = app.request().books().with("resource", App.BOOKS, other);

        var tokens = app.tokens(browser, request, "resource", other);

        assertThat(Tokens.claims(tokens.path("access_token").asString())
                        .path("aud")
                        .asString())
                .isEqualTo(other);
    }

    @Test
    void namingTwoResourcesAtOnceIsNoErrorButOpaque() {
        String other = otherResource();
        String code = browser.signIn(app.request().books().with("resource", App.BOOKS, other))
                .query("code");
        String form = "grant_type=authorization_code&code=" + code + "&redirect_uri=" + App.CALLBACK + "&resource="
                + App.BOOKS + "&resource=" + other;

        var answer = app.post("/oidc/token", form, "application/x-www-form-urlencoded");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text("access_token")).hasSize(43);
    }

    @Test
    void scopesAreThoseTheUsersRolesGiveWithoutAnyError() {
        String code =
                browser.signIn(app.request().books(), "bob", "Builder-42!!").query("code");

        var answer = app.exchange(code, "resource", App.BOOKS);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text("scope")).isEmpty();
    }

    @Test
    void resourceTokenIsNoGoodForUserinfo() {
        var tokens = app.tokens(browser, app.request().books(), "resource", App.BOOKS);

        var answer = app.userInfo(tokens.path("access_token").asString());

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.text("error")).isEqualTo("invalid_token");
    }

    @Test
    void requestThatNeverHadOpenidFallsBackToItsResource() {
        var request = app.request()
                .with("scope", "read:books")
                .with("resource", App.BOOKS)
                .without("nonce");

        var tokens = app.tokens(browser, request);

        assertThat(Tokens.claims(tokens.path("access_token").asString())
                        .path("aud")
                        .asString())
                .isEqualTo(App.BOOKS);
    }

    @Test
    void machinesGetOpaqueTokensOrJwtsByResource() {
        EMULATOR.control()
                .post(
                        "/control/applications",
                        Map.of(
                                "id",
                                "robot",
                                "secret",
                                "r",
                                "type",
                                "MachineToMachine",
                                "roles",
                                List.of("bookseller")));
        var robot = new App(app.endpoint(), "robot", "r");

        var opaque = robot.post("/oidc/token", Map.of("grant_type", "client_credentials"));
        var jwt = robot.post(
                "/oidc/token",
                Map.of("grant_type", "client_credentials", "resource", App.BOOKS, "scope", "read:books other"));

        assertThat(opaque.text("access_token")).hasSize(43);
        var claims = Tokens.claims(jwt.text("access_token"));
        assertThat(claims.path("sub").asString()).isEqualTo("robot");
        assertThat(claims.path("scope").asString()).isEqualTo("read:books");
        assertThat(jwt.json().has("id_token")).isFalse();
        assertThat(robot.post("/oidc/token", Map.of("grant_type", "client_credentials", "resource", "https://x.local"))
                        .text("error"))
                .isEqualTo("invalid_target");
    }

    @Test
    void chosenTokensAreAsGoodAsIssuedOnesButForWhatIsNamed() {
        var good = Map.<String, Object>of("sub", "robot", "resource", App.BOOKS, "scopes", List.of("read:books"));
        var bad = new LinkedHashMap<>(good);
        bad.put("claims", Map.of("aud", "https://other.local"));
        bad.put("remove", List.of("exp"));
        bad.put("typ", "JWT");
        bad.put("signature", "broken");

        String genuine = chosen(good);
        String forged = chosen(bad);

        assertThat(Tokens.header(genuine).path("typ").asString()).isEqualTo("at+jwt");
        assertThat(Tokens.claims(genuine).path("aud").asString()).isEqualTo(App.BOOKS);
        assertThat(Tokens.claims(genuine).path("scope").asString()).isEqualTo("read:books");
        assertThat(Tokens.isVerifiable(genuine, keys())).isTrue();
        assertThat(Tokens.header(forged).path("typ").asString()).isEqualTo("JWT");
        assertThat(Tokens.claims(forged).path("aud").asString()).isEqualTo("https://other.local");
        assertThat(Tokens.claims(forged).has("exp")).isFalse();
        assertThat(Tokens.isVerifiable(forged, keys())).isFalse();
    }

    private static String chosen(Map<String, Object> members) {
        return EMULATOR.control().post("/control/access-tokens", members).text("accessToken");
    }

    private static String keys() {
        return Answer.get(EMULATOR.issuer() + "/jwks").body();
    }

    private static String otherResource() {
        EMULATOR.control().post("/control/resources", Map.of("indicator", "https://other.local"));
        return "https://other.local";
    }
}
