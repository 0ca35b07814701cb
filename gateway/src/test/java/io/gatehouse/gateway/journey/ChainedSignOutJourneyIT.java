package io.gatehouse.gateway.journey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import io.gatehouse.gateway.fixture.Chromium;
import io.gatehouse.gateway.fixture.RunningDeployment;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** People who sign in at the company's Okta sign out there as well. */
class ChainedSignOutJourneyIT {

    @RegisterExtension
    static final RunningDeployment RUNNING = new RunningDeployment(Map.of(
            "GATEHOUSE_SIGN_OUT_THEN", "${OKTA_URL}/login/signout?fromURI=${GATEHOUSE_PUBLIC_URL}/auth/signed-out"));

    @RegisterExtension
    static final Chromium CHROMIUM = new Chromium();

    @Test
    void signOutGoesOnAtOktaAndEndsAtOurPage() {
        Page page = CHROMIUM.tab();
        signInWithOkta(page);

        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Sign out"))
                .click();
        assertThat(page).hasURL(url("/auth/signed-out"));
        assertThat(page.locator("h1")).hasText("You are signed out");

        page.navigate(url("/auth/sign-in?connector=okta"));
        assertThat(page.locator("#login")).isVisible();
    }

    @Test
    void answeredQuestionMayLeadThereAndTheBackButtonDoesNotGoRound() {
        Page page = CHROMIUM.tab();
        signInWithOkta(page);

        page.navigate(url("/auth/sign-out"));
        page.getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName("Sign out").setExact(true))
                .click();
        assertThat(page).hasURL(url("/auth/signed-out"));

        page.reload();
        assertThat(page.locator("h1")).hasText("You are signed out");
        page.navigate(url("/public/"));
        page.goBack();
        assertThat(page).hasURL(url("/auth/signed-out"));
        assertThat(page.locator("h1")).hasText("You are signed out");
    }

    /** Then the browser goes from our form by redirects alone, and its policy has to allow each of them. */
    @Test
    void logtoThatIsDownDoesNotKeepAnybodySignedInAtOkta() {
        Page page = CHROMIUM.tab();
        signInWithOkta(page);
        page.navigate(url("/auth/sign-out"));
        page.route(
                Pattern.compile(".*/oidc/session/end\\?.*"),
                route -> route.fulfill(new Route.FulfillOptions()
                        .setStatus(302)
                        .setHeaders(Map.of("Location", url("/auth/signed-out")))));

        page.getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName("Sign out").setExact(true))
                .click();

        assertThat(page).hasURL(url("/auth/signed-out"));
        page.navigate(url("/auth/sign-in?connector=okta"));
        assertThat(page.locator("#login")).isVisible();
    }

    private static void signInWithOkta(Page page) {
        page.navigate(url("/auth/sign-in?connector=okta"));
        Steps.signInAtOkta(page, "frank@acme.test");
        assertThat(page.locator("h1")).containsText("You are signed in as");
    }

    private static String url(String path) {
        return RUNNING.get().a().url(path);
    }
}
