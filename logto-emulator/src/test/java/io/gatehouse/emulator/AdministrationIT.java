package io.gatehouse.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

class AdministrationIT {

    @RegisterExtension
    static final RunningEmulator EMULATOR = new RunningEmulator();

    private final App app = EMULATOR.app();
    private final Browser browser = new Browser();

    private final Control control = EMULATOR.control();

    @Test
    void suspensionEndsSessionsAndTokensAtOnce() {
        var tokens = app.tokens(browser, app.request().offline());

        suspend(true);

        assertThat(app.refresh(tokens.path("refresh_token").asString()).text("error"))
                .isEqualTo("invalid_grant");
        assertThat(app.userInfo(tokens.path("access_token").asString()).status())
                .isEqualTo(401);
        assertThat(browser.step(app.request()).location()).startsWith("/sign-in");
    }

    @Test
    void endOfSuspensionRevivesNoToken() {
        var tokens = app.tokens(browser, app.request().offline());

        suspend(true);
        suspend(false);

        assertThat(app.refresh(tokens.path("refresh_token").asString()).text("error"))
                .isEqualTo("invalid_grant");
        assertThat(new Browser().signIn(app.request()).isAtApplication()).isTrue();
    }

    @Test
    void sessionsAreListedWithTheirSids() {
        String sid = Tokens.claims(
                        app.tokens(browser, app.request()).path("id_token").asString())
                .path("sid")
                .asString();

        var session = control.get("/control/users/alice/sessions").json().at("/sessions/0");

        assertThat(session.at("/payload/authorizations/bookstore-gateway/sid").asString())
                .isEqualTo(sid);
        assertThat(session.at("/payload/accountId").asString()).isEqualTo("9xdtcxqv0uke");
    }

    @Test
    void deletedSessionIsGoneButOfflineTokensKeepWorking() {
        var tokens = app.tokens(browser, app.request().offline());

        deleteSession("");

        assertThat(browser.step(app.request()).location()).startsWith("/sign-in");
        assertThat(app.refresh(tokens.path("refresh_token").asString()).status())
                .isEqualTo(200);
    }

    @Test
    void deletedSessionTakesOnlineTokensWithIt() {
        control.application(Map.of("alwaysIssueRefreshToken", true));
        var tokens = app.tokens(browser, app.request());

        deleteSession("");

        assertThat(app.refresh(tokens.path("refresh_token").asString()).text("error"))
                .isEqualTo("invalid_grant");
    }

    @Test
    void deletedSessionTakesGrantsAlongOnDemand() {
        var tokens = app.tokens(browser, app.request().offline());

        deleteSession("?revokeGrantsTarget=firstParty");

        assertThat(app.refresh(tokens.path("refresh_token").asString()).text("error"))
                .isEqualTo("invalid_grant");
    }

    @Test
    void grantsInForceAreListed() {
        var tokens = app.tokens(browser, app.request().offline());

        assertThat(grants().at("/0/clientId").asString()).isEqualTo("bookstore-gateway");
        app.revoke(tokens.path("refresh_token").asString());

        assertThat(grants()).isEmpty();
    }

    private JsonNode grants() {
        return control.get("/control/users/alice/grants").json().path("grants");
    }

    @Test
    void changedPasswordRevokesNothing() {
        var tokens = app.tokens(browser, app.request().offline());

        control.patch("/control/users/alice", Map.of("password", "Another-One-1"));

        assertThat(app.refresh(tokens.path("refresh_token").asString()).status())
                .isEqualTo(200);
        assertThat(browser.open(app.request()).isAtApplication()).isTrue();
        assertThat(new Browser().signIn(app.request(), "alice", "Another-One-1").isAtApplication())
                .isTrue();
    }

    @Test
    void deletedUserLosesEverything() {
        var tokens = app.tokens(browser, app.request().offline());

        control.delete("/control/users/alice");

        assertThat(app.refresh(tokens.path("refresh_token").asString()).text("error"))
                .isEqualTo("invalid_grant");
        assertThat(app.userInfo(tokens.path("access_token").asString()).status())
                .isEqualTo(401);
        assertThat(new Browser().signIn(app.request()).answer().status()).isEqualTo(422);
    }

    @Test
    void usersCanBeMadeAndChanged() {
        control.post(
                "/control/users",
                Map.of("username", "carol", "password", "Correct-Horse-7", "roles", List.of("bookseller")));
        control.patch("/control/users/carol", Map.of("name", "Carol", "profile", Map.of("locale", "de-DE")));

        var page = browser.signIn(app.request(), "carol", "Correct-Horse-7");

        var claims = Tokens.claims(app.exchange(page.query("code")).text("id_token"));
        assertThat(claims.path("name").asString()).isEqualTo("Carol");
        assertThat(claims.path("locale").asString()).isEqualTo("de-DE");
        assertThat(claims.path("roles").toString()).isEqualTo("[\"bookseller\"]");
    }

    @Test
    void takenNamesAreRefused() {
        assertThat(control.send("POST", "/control/users", Map.of("username", "alice"))
                        .status())
                .isEqualTo(400);
    }

    @Test
    void rolesCanBeMadeAndGivenScopes() {
        control.put("/control/roles/reader", Map.of("scopes", Map.of(App.BOOKS, List.of("read:books"))));
        control.patch("/control/users/bob", Map.of("roles", List.of("reader")));

        var page = browser.signIn(app.request().books(), "bob", "Builder-42!!");

        assertThat(app.exchange(page.query("code"), "resource", App.BOOKS).text("scope"))
                .isEqualTo("read:books");
        control.delete("/control/roles/reader");
        assertThat(control.get("/control/roles").body()).doesNotContain("reader");
    }

    @Test
    void organizationsCanBeMadeAndJoined() {
        String id = control.post("/control/organizations", Map.of("name", "Other Books"))
                .text("id");
        control.put("/control/organizations/" + id + "/users/bob", Map.of("roles", List.of("editor")));

        var page = browser.signIn(app.request().scopes("urn:logto:scope:organizations"), "bob", "Builder-42!!");

        assertThat(Tokens.claims(app.exchange(page.query("code")).text("id_token"))
                        .path("organizations")
                        .toString())
                .isEqualTo("[\"" + id + "\"]");
    }

    @Test
    void resetPutsEverythingBackButKeepsTheKeys() {
        String keys = Answer.get(EMULATOR.issuer() + "/jwks").body();
        control.delete("/control/users/alice");
        control.post("/control/keys/rotate", Map.of());

        control.post("/control/reset", Map.of());

        assertThat(Answer.get(EMULATOR.issuer() + "/jwks").body()).isEqualTo(keys);
        assertThat(browser.signIn(app.request()).isAtApplication()).isTrue();
    }

    @Test
    void nonsenseIsRefusedWithAReason() {
        assertThat(control.send("PATCH", "/control/lifetimes", Map.of("session-lifetime", "soon"))
                        .text("error"))
                .contains("must be a duration");
        assertThat(control.send("PATCH", "/control/lifetimes", Map.of("nonsense", "5s"))
                        .status())
                .isEqualTo(400);
        assertThat(control.send("GET", "/control/users/nobody", null).status()).isEqualTo(404);
        assertThat(control.send("POST", "/control/keys/rotate", Map.of("signingKeyAlgorithm", "DSA"))
                        .status())
                .isEqualTo(400);
        assertThat(control.send("GET", "/control/nonsense", null).status()).isEqualTo(404);
    }

    @Test
    void noAnswerTellsASecret() {
        for (String path : List.of("/control/users", "/control/applications", "/control/connectors")) {
            assertThat(control.get(path).body()).doesNotContain("Wonderland").doesNotContain(RunningEmulator.SECRET);
        }
    }

    private void suspend(boolean suspended) {
        control.patch("/control/users/alice/is-suspended", Map.of("isSuspended", suspended));
    }

    private void deleteSession(String query) {
        String uid = control.get("/control/users/alice/sessions")
                .json()
                .at("/sessions/0/payload/uid")
                .asString();
        control.delete("/control/users/alice/sessions/" + uid + query);
    }
}
