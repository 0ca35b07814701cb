package io.gatehouse.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.node.ObjectNode;

class EnterpriseAccountIT {

    @RegisterExtension
    static final RunningEmulator EMULATOR = new RunningEmulator();

    private final App app = EMULATOR.app();
    private final Browser browser = new Browser();

    private final Control control = EMULATOR.control();

    @Test
    void newcomerIsCreatedJustInTime() {
        var claims = claims(signIn("erin@acme.test"));

        assertThat(claims.path("sub").asString()).matches("[0-9a-z]{12}");
        assertThat(claims.path("username").isNull()).isTrue();
        assertThat(claims.path("name").asString()).isEqualTo("Erin");
        assertThat(claims.path("email").asString()).isEqualTo("erin@acme.test");
        assertThat(claims.path("email_verified").asBoolean()).isTrue();
    }

    @Test
    void sameIdentityIsTheSameUserNextTime() {
        String first = claims(signIn("erin@acme.test")).path("sub").asString();

        var again = okta(new Browser(), direct(), "erin@acme.test");

        assertThat(claims(again).path("sub").asString()).isEqualTo(first);
    }

    @Test
    void localUserWithTheSameAddressIsLinked() {
        control.post(
                "/control/users",
                Map.of("username", "erin", "primaryEmail", "erin@acme.test", "password", "Correct-Horse-7"));
        String local = control.get("/control/users/erin").text("id");

        assertThat(claims(signIn("erin@acme.test")).path("sub").asString()).isEqualTo(local);

        var byPassword = new Browser().signIn(app.request(), "erin", "Correct-Horse-7");
        assertThat(claims(byPassword).path("sub").asString()).isEqualTo(local);
    }

    @Test
    void profileIsSyncedButNeverTheAddress() {
        signIn("erin@acme.test");
        control.put("/control/okta/accounts/erin@acme.test", Map.of("name", "Erin Jones"));

        var claims = claims(okta(new Browser(), direct(), "erin@acme.test"));

        assertThat(claims.path("name").asString()).isEqualTo("Erin Jones");
        assertThat(claims.path("email").asString()).isEqualTo("erin@acme.test");
    }

    @Test
    void domainOfTheReturnedAddressIsNotChecked() {
        var claims = claims(signIn("stranger@other.test"));

        assertThat(claims.path("email").asString()).isEqualTo("stranger@other.test");
        assertThat(claims.path("email_verified").asBoolean()).isTrue();
    }

    @Test
    void unverifiedAddressIsDropped() {
        control.put("/control/okta/accounts/joe@acme.test", Map.of("name", "Joe", "emailVerified", false));

        var claims = claims(signIn("joe@acme.test"));

        assertThat(claims.path("email").isNull()).isTrue();
        assertThat(claims.path("email_verified").asBoolean()).isFalse();
    }

    @Test
    void trustingUnverifiedAddressesHelpsOnlyWhereTheClaimIsAbsent() {
        control.put("/control/connectors/" + EMULATOR.connector(), Map.of("trustUnverifiedEmail", true));
        var silent = new HashMap<String, Object>();
        silent.put("emailVerified", null);
        control.put("/control/okta/accounts/quiet@acme.test", silent);
        control.put("/control/okta/accounts/joe@acme.test", Map.of("emailVerified", false));

        assertThat(claims(signIn("quiet@acme.test")).path("email").asString()).isEqualTo("quiet@acme.test");
        assertThat(claims(okta(new Browser(), direct(), "joe@acme.test"))
                        .path("email")
                        .isNull())
                .isTrue();
    }

    @Test
    void newcomerGetsDefaultRolesAndOrganizationsInTheFirstToken() {
        control.put("/control/roles/everyone", Map.of("isDefault", true));
        control.patch(
                "/control/organizations/acmebooks001",
                Map.of("jitRoles", Map.of(EMULATOR.connector(), List.of("editor"))));

        var page = okta(browser, direct().scopes("urn:logto:scope:organization_roles"), "erin@acme.test");

        var claims = claims(page);
        assertThat(claims.path("roles").toString()).isEqualTo("[\"everyone\"]");
        assertThat(claims.path("organization_roles").toString()).isEqualTo("[\"acmebooks001:editor\"]");
    }

    @Test
    void signInModeBlocksNewcomersOnly() {
        signIn("erin@acme.test");
        control.patch("/control/sign-in-experience", Map.of("signInMode", "SignIn"));

        var stranger = okta(new Browser(), direct(), "frank@acme.test");

        assertThat(stranger.uri().getPath()).isEqualTo("/sign-in");
        assertThat(stranger.alert()).contains("does not exist");
        assertThat(okta(new Browser(), direct(), "erin@acme.test").isAtApplication())
                .isTrue();
    }

    @Test
    void identitiesScopeTellsTheProviderAndItsGroups() {
        var page = okta(browser, direct().scopes("identities"), "erin@acme.test");
        var token = app.exchange(page.query("code")).text("access_token");

        var identity = app.userInfo(token).json().at("/sso_identities/0");

        assertThat(identity.path("issuer").asString()).isEqualTo(EMULATOR.okta());
        assertThat(identity.at("/detail/groups/0").asString()).isEqualTo("Everyone");
        assertThat(identity.at("/detail/preferredUsername").asString()).isEqualTo("erin@acme.test");
    }

    @Test
    void suspendedPersonEndsOnAPage() {
        signIn("erin@acme.test");
        control.patch("/control/users/erin@acme.test/is-suspended", Map.of("isSuspended", true));

        assertThat(okta(new Browser(), direct(), "erin@acme.test").uri().getPath())
                .isEqualTo("/account-suspended");
    }

    private AuthorizationUrl direct() {
        return app.request().with("direct_sign_in", "sso:" + EMULATOR.connector());
    }

    private Browser.Page signIn(String login) {
        return okta(browser, direct(), login);
    }

    private static Browser.Page okta(Browser browser, AuthorizationUrl request, String login) {
        return browser.submit(browser.open(request), Map.of("login", login, "action", "go"));
    }

    private ObjectNode claims(Browser.Page answered) {
        return Tokens.claims(app.exchange(answered.query("code")).text("id_token"));
    }
}
