package io.gatehouse.gateway.journey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.gatehouse.gateway.journey.Steps.ALICE;
import static io.gatehouse.gateway.journey.Steps.ALICES_PASSWORD;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import io.gatehouse.gateway.fixture.Chromium;
import io.gatehouse.gateway.fixture.Replica;
import io.gatehouse.gateway.fixture.RunningDeployment;
import java.util.List;
import java.util.regex.Pattern;
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
        button(page, "Sign out").click();

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

    @Test
    void scriptSignsOutByFetchAndGoesWhereItIsTold() {
        Page page = signedIn();

        Object next = page.evaluate(
                "async () => (await (await fetch('/auth/sign-out', {method: 'POST'})).json()).signOutUrl");
        page.navigate(next.toString());

        assertThat(page).hasURL(url("/"));
        Steps.seesTheHomePageSignedOut(page);
        asksForCredentials(page);
    }

    @Test
    void linkOnOurPageSignsOutAtOnce() {
        Page page = signedIn();

        page.evaluate("document.body.insertAdjacentHTML('afterbegin', '<a id=out href=/auth/sign-out>Leave</a>')");
        page.locator("#out").click();

        assertThat(page).hasURL(url("/"));
        Steps.seesTheHomePageSignedOut(page);
    }

    @Test
    void linkOnAnotherSiteIsConfirmedFirstAndCanBeDeclined() {
        Page page = signedIn();
        page.route(
                "http://elsewhere.example/**",
                route -> route.fulfill(new Route.FulfillOptions()
                        .setContentType("text/html")
                        .setBody("<a href='" + url("/auth/sign-out") + "'>Free books</a>")));

        page.navigate("http://elsewhere.example/");
        page.locator("a").click();
        assertThat(page.locator("h1")).hasText("Sign out?");
        page.getByText("Stay signed in").click();

        Steps.seesTheHomePageSignedIn(page, "Alice Liddell");
    }

    @Test
    void everywhereEndsTheSessionOfAnotherBrowserOnBothReplicas() {
        Page page = signedIn();
        try (BrowserContext other = CHROMIUM.context().browser().newContext()) {
            Page elsewhere = other.newPage();
            elsewhere.navigate(url("/auth/sign-in"));
            Steps.signInAtLogto(elsewhere, ALICE, ALICES_PASSWORD);
            Steps.seesTheHomePageSignedIn(elsewhere, "Alice Liddell");
            assertStatuses(other, 200);

            page.navigate(url("/auth/sign-out"));
            button(page, "On all my devices").click();
            Steps.seesTheHomePageSignedOut(page);

            assertStatuses(other, 401);
            elsewhere.reload();
            Steps.seesTheHomePageSignedOut(elsewhere);
        }
        asksForCredentials(page);
    }

    @Test
    void withoutScriptTheGatewaysPartHasHappened() {
        signedIn();
        String state = CHROMIUM.context().storageState();
        try (BrowserContext plain = CHROMIUM.context()
                .browser()
                .newContext(
                        new Browser.NewContextOptions().setStorageState(state).setJavaScriptEnabled(false))) {
            Page page = plain.newPage();
            page.navigate(url("/auth/sign-out"));
            button(page, "Sign out").click();
            page.waitForURL(Pattern.compile(".*/oidc/session/end.*"));

            assertStatuses(plain, 401);
            assertStatuses(CHROMIUM.context(), 401);
            assertEquals(
                    List.of(),
                    plain.cookies(url("/")).stream()
                            .map(cookie -> cookie.name)
                            .filter("gatehouse"::equals)
                            .toList());
            asksForCredentials(page);
        }
    }

    @Test
    void withoutSessionNothingLeadsToLogtoUnasked() {
        Page page = CHROMIUM.tab();
        page.navigate(url("/"));

        page.evaluate("document.body.insertAdjacentHTML('afterbegin', '<a id=out href=/auth/sign-out>Leave</a>')");
        page.locator("#out").click();

        assertThat(page.locator("h1")).hasText("Sign out?");
        assertThat(button(page, "On all my devices")).hasCount(0);
    }

    @Test
    void signedOutPageWaitsForAPersonToSignInAgain() {
        Page page = CHROMIUM.tab();
        page.navigate(url("/auth/signed-out"));
        assertThat(page.locator("h1")).hasText("You are signed out");

        page.getByText("Sign in again").click();

        Steps.signInAtLogto(page, ALICE, ALICES_PASSWORD);
        Steps.seesTheHomePageSignedIn(page, "Alice Liddell");
    }

    /** By scripts of that browser, on both replicas; the session cookie knows no ports. */
    private static void assertStatuses(BrowserContext browser, int status) {
        for (Replica replica : RUNNING.get().replicas()) {
            assertEquals(
                    status, browser.request().get(replica.url("/api/books")).status(), replica.name());
        }
    }

    private static void asksForCredentials(Page page) {
        page.navigate(url("/books"));
        assertThat(page.locator("input[name=password]")).isVisible();
    }

    private static Locator button(Page page, String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
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
