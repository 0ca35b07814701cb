package io.gatehouse.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RefreshIT {

    @RegisterExtension
    static final RunningEmulator EMULATOR = new RunningEmulator();

    private final App app = EMULATOR.app();
    private final Browser browser = new Browser();

    @Test
    void takesOfflineAccessAndPromptConsent() {
        assertThat(app.tokens(browser, app.request().offline()).has("refresh_token"))
                .isTrue();
        assertThat(app.tokens(new Browser(), app.request().with("prompt", "consent"))
                        .has("refresh_token"))
                .isFalse();
    }

    @Test
    void alwaysIssueRefreshTokenNeedsNeither() {
        EMULATOR.control().application(Map.of("alwaysIssueRefreshToken", true));

        assertThat(app.tokens(browser, app.request()).has("refresh_token")).isTrue();
    }

    @Test
    void beforeSeventyPercentTheSameTokenComesBack() {
        String token = refreshToken();
        EMULATOR.advance(Duration.ofDays(9));

        assertThat(app.refresh(token).text("refresh_token")).isEqualTo(token);
    }

    @Test
    void fromSeventyPercentOnItRotatesWithAFullLifetime() {
        String token = refreshToken();
        EMULATOR.advance(Duration.ofDays(10));

        String next = app.refresh(token).text("refresh_token");

        assertThat(next).hasSize(43).isNotEqualTo(token);
        EMULATOR.advance(Duration.ofDays(23));
        assertThat(app.refresh(next).status()).isEqualTo(200);
    }

    @Test
    void rotationCanBeSwitchedOff() {
        EMULATOR.control().application(Map.of("rotateRefreshToken", false));
        String token = refreshToken();
        EMULATOR.advance(Duration.ofDays(13));

        assertThat(app.refresh(token).text("refresh_token")).isEqualTo(token);
    }

    @Test
    void rotationThresholdCanBeZero() {
        EMULATOR.control().patch("/control/lifetimes", Map.of("rotation-threshold", 0));
        String token = refreshToken();

        assertThat(app.refresh(token).text("refresh_token")).isNotEqualTo(token);
    }

    @Test
    void withinTheGraceARotatedTokenMintsOthersThatAllWork() {
        String token = rotatable();

        var minted = IntStream.range(0, 5)
                .parallel()
                .mapToObj(_ -> app.refresh(token).text("refresh_token"))
                .toList();

        assertThat(new HashSet<>(minted)).hasSize(5).doesNotContain(token);
        assertThat(minted).allMatch(it -> app.refresh(it).status() == 200);
    }

    @Test
    void afterTheGraceReuseRevokesTheWholeGrant() {
        String token = rotatable();
        var first = app.refresh(token).json();
        advanceBeyondRotation(Duration.ofSeconds(4));

        assertThat(app.refresh(token).text("error")).isEqualTo("invalid_grant");

        assertThat(app.refresh(first.path("refresh_token").asString()).text("error"))
                .isEqualTo("invalid_grant");
        assertThat(app.userInfo(first.path("access_token").asString()).status()).isEqualTo(401);
    }

    @Test
    void afterThatTheSessionLivesAndGrantsAnewWithoutAsking() {
        String token = rotatable();
        app.refresh(token);
        advanceBeyondRotation(Duration.ofSeconds(4));
        app.refresh(token);

        assertThat(browser.step(app.request().with("prompt", "none")).locationParameter("error"))
                .isEqualTo("consent_required");
        assertThat(browser.open(app.request()).query("code")).isNotEmpty();
    }

    @Test
    void reuseIntervalCanBeZero() {
        String token = rotatable();
        EMULATOR.setLifetime("reuse-interval", "0s");
        app.refresh(token);
        advanceBeyondRotation(Duration.ofMillis(10));

        assertThat(app.refresh(token).text("error")).isEqualTo("invalid_grant");
    }

    @Test
    void expiredUnknownAndForeignTokensReadTheSame() {
        String token = refreshToken();
        EMULATOR.control().post("/control/applications", Map.of("id", "other", "secret", "s"));
        String foreign = new App(app.endpoint(), "other", "s").refresh(token).body();
        EMULATOR.advance(Duration.ofDays(15));

        assertThat(List.of(foreign, app.refresh(token).body()))
                .containsOnly(app.refresh("unknown").body());
    }

    @Test
    void idTokenRepeatsTheFirstNonceAndSid() {
        var first = app.tokens(browser, app.request().offline());

        var refreshed = app.refresh(first.path("refresh_token").asString()).text("id_token");

        var before = Tokens.claims(first.path("id_token").asString());
        assertThat(Tokens.claims(refreshed).path("nonce")).isEqualTo(before.path("nonce"));
        assertThat(Tokens.claims(refreshed).path("sid")).isEqualTo(before.path("sid"));
    }

    @Test
    void subsetOfScopesMayBeAskedFor() {
        String token = refreshToken();

        assertThat(app.refresh(token, "scope", "profile").json().has("id_token"))
                .isFalse();
        var tooMuch = app.refresh(token, "scope", "openid phone");
        assertThat(tooMuch.status()).isEqualTo(400);
        assertThat(tooMuch.text("error")).isEqualTo("invalid_scope");
        assertThat(tooMuch.text("error_description")).isEqualTo("refresh token missing requested scope");
    }

    @Test
    void resourceMustBeOneOfTheAuthorizationRequest() {
        String token = refreshToken(app.request().offline().books());

        assertThat(app.refresh(token).text("access_token")).hasSize(43);
        assertThat(Tokens.claims(app.refresh(token, "resource", App.BOOKS).text("access_token"))
                        .path("aud")
                        .asString())
                .isEqualTo(App.BOOKS);
        assertThat(app.refresh(token, "resource", "https://x.local").text("error"))
                .isEqualTo("invalid_target");
    }

    @Test
    void roleTakenAwayIsGoneAtTheNextRefresh() {
        String token = refreshToken(app.request().offline().books());
        EMULATOR.control().patch("/control/users/alice", Map.of("roles", List.of()));

        var answer = app.refresh(token, "resource", App.BOOKS);

        assertThat(answer.text("scope")).isEmpty();
        assertThat(Tokens.claims(answer.text("id_token")).path("roles").toString())
                .isEqualTo("[]");
    }

    @Test
    void roleAddedShowsAsAClaimAtOnceButAsScopesOnlyAfterANewRequest() {
        var page = browser.signIn(app.request().offline().books(), "bob", "Builder-42!!");
        String token = app.exchange(page.query("code")).text("refresh_token");
        EMULATOR.control().patch("/control/users/bob", Map.of("roles", List.of("bookseller")));

        var answer = app.refresh(token, "resource", App.BOOKS);

        assertThat(Tokens.claims(answer.text("id_token")).path("roles").toString())
                .isEqualTo("[\"bookseller\"]");
        assertThat(answer.text("scope")).isEmpty();
        assertThat(browser.step(app.request().books().with("prompt", "none")).locationParameter("error"))
                .isEqualTo("consent_required");
        var again = browser.open(app.request().books());
        assertThat(app.exchange(again.query("code"), "resource", App.BOOKS).text("scope"))
                .isEqualTo("read:books write:books");
    }

    @Test
    void grantIsSharedByAllSignInsOfABrowser() {
        String first = refreshToken();
        String second = refreshToken();

        app.revoke(first);

        assertThat(app.refresh(second).text("error")).isEqualTo("invalid_grant");
    }

    @Test
    void lostAccessToTheApplicationIsAccessDenied() {
        String token = refreshToken();
        EMULATOR.control().application(Map.of("allowedUsers", List.of()));

        var answer = app.refresh(token);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text("error")).isEqualTo("access_denied");
    }

    @Test
    void lifetimesCanBeMilliseconds() {
        EMULATOR.setLifetime("refresh-token-lifetime", "500ms");
        String token = refreshToken();
        EMULATOR.advance(Duration.ofMillis(600));

        assertThat(app.refresh(token).text("error")).isEqualTo("invalid_grant");
    }

    private String refreshToken() {
        return refreshToken(app.request().offline());
    }

    /** Signs in if need be. */
    private String refreshToken(AuthorizationUrl request) {
        var page = browser.open(request);
        var answered = page.isAtApplication() ? page : browser.signIn(request);
        return app.exchange(answered.query("code")).text("refresh_token");
    }

    /** A token so old that using it rotates it. */
    private String rotatable() {
        String token = refreshToken();
        EMULATOR.advance(Duration.ofDays(10));
        return token;
    }

    private static void advanceBeyondRotation(Duration more) {
        EMULATOR.advance(Duration.ofDays(10).plus(more));
    }
}
