package io.gatehouse.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class OrganizationTokenIT {

    @RegisterExtension
    static final RunningEmulator EMULATOR = new RunningEmulator();

    private final App app = EMULATOR.app();
    private final Browser browser = new Browser();

    private static final String ORGANIZATION = "acmebooks001";

    @Test
    void organizationWithoutResourceIsATokenOfTheOrganization() {
        var answer = app.refresh(refreshToken("alice", "Wonderland-42!"), "organization_id", ORGANIZATION);

        var claims = Tokens.claims(answer.text("access_token"));
        assertThat(claims.path("aud").asString()).isEqualTo("urn:logto:organization:" + ORGANIZATION);
        assertThat(claims.path("scope").asString()).isEqualTo("manage:shelf");
        assertThat(Tokens.header(answer.text("access_token")).path("typ").asString())
                .isEqualTo("at+jwt");
    }

    @Test
    void organizationWithResourceIsATokenOfTheResourceThatNamesTheOrganization() {
        EMULATOR.control()
                .put(
                        "/control/organization-roles/editor",
                        Map.of(
                                "scopes",
                                List.of("manage:shelf"),
                                "resourceScopes",
                                Map.of(App.BOOKS, List.of("read:books"))));
        String token = refreshToken("alice", "Wonderland-42!");

        var answer = app.refresh(token, "organization_id", ORGANIZATION, "resource", App.BOOKS);

        var claims = Tokens.claims(answer.text("access_token"));
        assertThat(claims.path("aud").asString()).isEqualTo(App.BOOKS);
        assertThat(claims.path("organization_id").asString()).isEqualTo(ORGANIZATION);
        assertThat(claims.path("scope").asString()).isEqualTo("read:books");
    }

    @Test
    void organizationIsIgnoredAtTheCodeExchange() {
        var page = browser.signIn(request());

        assertThat(app.exchange(page.query("code"), "organization_id", ORGANIZATION)
                        .text("access_token"))
                .hasSize(43);
    }

    @Test
    void strangersAreDeniedWith403() {
        var answer = app.refresh(refreshToken("bob", "Builder-42!!"), "organization_id", ORGANIZATION);

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.text("error")).isEqualTo("access_denied");
    }

    @Test
    void missingScopeIs403() {
        var page = browser.signIn(app.request().offline());
        String token = app.exchange(page.query("code")).text("refresh_token");

        var answer = app.refresh(token, "organization_id", ORGANIZATION);

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.text("error")).isEqualTo("insufficient_scope");
    }

    @Test
    void membershipEndsWithTheNextToken() {
        String token = refreshToken("alice", "Wonderland-42!");
        EMULATOR.control().delete("/control/organizations/" + ORGANIZATION + "/users/alice");

        assertThat(app.refresh(token, "organization_id", ORGANIZATION).status()).isEqualTo(403);
        assertThat(app.refresh(token).status()).isEqualTo(200);
    }

    private AuthorizationUrl request() {
        return app.request()
                .offline()
                .scopes("urn:logto:scope:organizations manage:shelf read:books write:books")
                .with("resource", "urn:logto:resource:organizations", App.BOOKS);
    }

    private String refreshToken(String user, String password) {
        var page = browser.signIn(request(), user, password);
        return app.exchange(page.query("code")).text("refresh_token");
    }
}
