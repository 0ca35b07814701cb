package io.gatehouse.gateway.journey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.gatehouse.gateway.journey.Steps.ALICE;
import static io.gatehouse.gateway.journey.Steps.ALICES_PASSWORD;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.gatehouse.gateway.fixture.Chromium;
import io.gatehouse.gateway.fixture.RunningDeployment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SignOutJourneyIT {

    @RegisterExtension
    static final RunningDeployment RUNNING = new RunningDeployment();

    @RegisterExtension
    static final Chromium CHROMIUM = new Chromium();

    @Test
    void signOutLeadsHomeSignedOutAndTheNextSignInAsksForCredentials() {
        Page page = signedIn();

        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Sign out"))
                .click();
        assertThat(page).hasURL(url("/"));
        Steps.seesTheHomePageSignedOut(page);

        page.navigate(url("/books"));
        assertThat(page.locator("input[name=password]")).isVisible();
        Steps.signInAtLogto(page, ALICE, ALICES_PASSWORD);
        Steps.seesTheBooks(page);
    }

    @Test
    void backButtonAfterASignOutShowsNothingProtected() {
        Page page = signedIn();
        page.navigate(url("/whoami"));
        assertThat(page.locator("body")).containsText("\"sub\"");
        page.navigate(url("/"));

        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Sign out"))
                .click();
        Steps.seesTheHomePageSignedOut(page);
        for (int i = 0; i < 3; i++) {
            page.goBack();
            assertThat(page.locator("body")).not().containsText("\"sub\"");
            assertThat(page.locator("body")).not().containsText("You are signed in");
        }
    }

    @Test
    void signOutFromAnAddressTypedByHandIsConfirmedFirst() {
        Page page = signedIn();

        page.navigate(url("/auth/sign-out"));
        assertThat(page.locator("h1")).hasText("Sign out?");
        CHROMIUM.picture(page, "sign-out");
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Sign out"))
                .click();

        assertThat(page).hasURL(url("/"));
        Steps.seesTheHomePageSignedOut(page);
    }

    @Test
    void otherTabIsSignedOutToo() {
        Page page = signedIn();
        Page other = CHROMIUM.tab();
        other.navigate(url("/books"));
        Steps.seesTheBooks(other);

        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Sign out"))
                .click();
        Steps.seesTheHomePageSignedOut(page);

        other.reload();
        assertThat(other.locator("input[name=password]")).isVisible();
    }

    private static Page signedIn() {
        Page page = CHROMIUM.tab();
        page.navigate(url("/auth/sign-in"));
        Steps.signInAtLogto(page, ALICE, ALICES_PASSWORD);
        Steps.seesTheHomePageSignedIn(page, "Alice Liddell");
        return page;
    }

    private static String url(String path) {
        return RUNNING.get().a().url(path);
    }
}
