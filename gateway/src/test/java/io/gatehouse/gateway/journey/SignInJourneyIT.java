package io.gatehouse.gateway.journey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.gatehouse.gateway.journey.Steps.ALICE;
import static io.gatehouse.gateway.journey.Steps.ALICES_PASSWORD;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.gatehouse.gateway.fixture.Chromium;
import io.gatehouse.gateway.fixture.RunningDeployment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SignInJourneyIT {

    @RegisterExtension
    static final RunningDeployment RUNNING = new RunningDeployment();

    @RegisterExtension
    static final Chromium CHROMIUM = new Chromium();

    @Test
    void passwordLeadsToThePageThatWasAskedForWithItsQuery() {
        Page page = CHROMIUM.tab();

        page.navigate(url("/books?from=mail&x=%2F"));
        CHROMIUM.picture(page, "logto-sign-in");
        Steps.signInAtLogto(page, ALICE, ALICES_PASSWORD);

        assertThat(page).hasURL(url("/books?from=mail&x=%2F"));
        Steps.seesTheBooks(page);
        CHROMIUM.picture(page, "books");
    }

    @Test
    void homePageKnowsWhoIsSignedInAndSoDoesTheSessionEndpoint() {
        Page page = CHROMIUM.tab();

        page.navigate(url("/"));
        Steps.seesTheHomePageSignedOut(page);
        CHROMIUM.picture(page, "home-signed-out");
        button(page, "Sign in").click();
        Steps.signInAtLogto(page, ALICE, ALICES_PASSWORD);

        Steps.seesTheHomePageSignedIn(page, "Alice Liddell");
        assertThat(page.getByText("alice@bookstore.test")).isVisible();
        CHROMIUM.picture(page, "home-signed-in");
    }

    @Test
    void signUpBeginsWithTheRegistrationAndEndsSignedIn() {
        Page page = CHROMIUM.tab();

        page.navigate(url("/"));
        button(page, "Sign up").click();
        page.waitForURL("**/register**");
        CHROMIUM.picture(page, "logto-sign-up");
        Steps.signInAtLogto(page, "carol", "Carols-Secret-1!");

        assertThat(page.locator("h1")).containsText("You are signed in");
        assertThat(page.getByText("none")).isVisible();
    }

    @Test
    void addressOfTheCompanyLeadsToOktaAndBack() {
        Page page = CHROMIUM.tab();

        page.navigate(url("/books"));
        Steps.identifyAtLogto(page, "erin@acme.test");
        page.waitForURL("http://localhost:" + RUNNING.get().ports().okta() + "/**");
        CHROMIUM.picture(page, "okta");
        Steps.signInAtOkta(page, "erin@acme.test");

        assertThat(page).hasURL(url("/books"));
        page.navigate(url("/"));
        Steps.seesTheHomePageSignedIn(page, "Erin");
    }

    @Test
    void connectorLeadsStraightToOkta() {
        Page page = CHROMIUM.tab();

        page.navigate(url("/"));
        button(page, "Sign in with Okta").click();
        page.waitForURL("http://localhost:" + RUNNING.get().ports().okta() + "/**");
        Steps.signInAtOkta(page, "frank@acme.test");

        Steps.seesTheHomePageSignedIn(page, "Frank");
    }

    @Test
    void wrongPasswordIsSaidPlainlyAndTheRightOneStillWorks() {
        Page page = CHROMIUM.tab();

        page.navigate(url("/books"));
        Steps.signInAtLogto(page, ALICE, "wrong");
        assertThat(page.getByRole(AriaRole.ALERT)).isVisible();
        CHROMIUM.picture(page, "logto-wrong-password");
        Steps.signInAtLogto(page, ALICE, ALICES_PASSWORD);

        Steps.seesTheBooks(page);
    }

    @Test
    void whoeverCancelsAtOktaCanSignInInAnotherWay() {
        Page page = CHROMIUM.tab();

        page.navigate(url("/auth/sign-in?connector=okta&return_to=/books"));
        page.locator("#cancel").click();
        assertThat(page.getByRole(AriaRole.ALERT)).isVisible();
        CHROMIUM.picture(page, "okta-cancelled");
        Steps.signInAtLogto(page, ALICE, ALICES_PASSWORD);

        assertThat(page).hasURL(url("/books"));
        Steps.seesTheBooks(page);
    }

    @Test
    void callbackThatCannotBeFinishedSaysWhatToDo() {
        Page page = CHROMIUM.tab();

        page.navigate(url("/auth/callback?code=old&state=old"));
        assertThat(page.locator("h1")).hasText("This sign-in cannot be finished");
        CHROMIUM.picture(page, "sign-in-cannot-be-finished");
        page.getByText("Sign in again").click();
        Steps.signInAtLogto(page, ALICE, ALICES_PASSWORD);

        Steps.seesTheHomePageSignedIn(page, "Alice Liddell");
    }

    private static Locator button(Page page, String name) {
        return page.getByRole(
                AriaRole.LINK, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    private static String url(String path) {
        return RUNNING.get().a().url(path);
    }
}
