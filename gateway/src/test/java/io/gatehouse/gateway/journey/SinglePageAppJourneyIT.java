package io.gatehouse.gateway.journey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.gatehouse.gateway.journey.Steps.ALICE;
import static io.gatehouse.gateway.journey.Steps.ALICES_PASSWORD;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Page;
import io.gatehouse.gateway.fixture.Chromium;
import io.gatehouse.gateway.fixture.RunningDeployment;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The example page of the documentation, as people use it; and a page of another origin of the same site. */
class SinglePageAppJourneyIT {

    @RegisterExtension
    static final RunningDeployment RUNNING =
            new RunningDeployment(Map.of("GATEHOUSE_CORS_ALLOWED_ORIGINS", "${OKTA_URL}"));

    @RegisterExtension
    static final Chromium CHROMIUM = new Chromium();

    @Test
    void requestThatNeedsASignInIsSentAgainAfterOneInAPopup() {
        Page page = opened();
        assertThat(page.locator("#who")).hasText("Nobody is signed in");

        add(page, "Sylvie and Bruno");
        assertThat(page.locator("#said")).containsText("You are signed out");
        signInByPopup(page);

        assertThat(page.locator("#said")).hasText("Added “Sylvie and Bruno”.");
        assertThat(page.locator("#who")).hasText("Signed in as Alice Liddell");
        assertThat(page.locator("#title")).hasValue("Sylvie and Bruno");
    }

    @Test
    void sessionThatEndsUnderwayCostsNothing() {
        Page page = opened();
        signInByPopup(page);
        assertThat(page.locator("#who")).hasText("Signed in as Alice Liddell");
        RUNNING.get().redis().clear();

        add(page, "Phantasmagoria");
        assertThat(page.locator("#said")).containsText("You are signed out");
        page.waitForPopup(() -> page.locator("#sign-in").click());

        assertThat(page.locator("#said")).hasText("Added “Phantasmagoria”.");
    }

    @Test
    void signOutByFetchEndsAtTheHomePage() {
        Page page = opened();
        signInByPopup(page);

        page.locator("#sign-out").click();

        assertThat(page).hasURL(url("/"));
        Steps.seesTheHomePageSignedOut(page);
        page.navigate(url("/public/spa.html"));
        assertThat(page.locator("#who")).hasText("Nobody is signed in");
    }

    @Test
    void listedOriginAsksWhoIsSignedInAndSignsOut() {
        Page page = opened();
        signInByPopup(page);
        assertThat(page.locator("#who")).hasText("Signed in as Alice Liddell");
        Page shop = listed();

        assertEquals("Alice Liddell", call(shop, "GET", "/auth/session", "name"));
        Object next = call(shop, "POST", "/auth/sign-out", "signOutUrl");
        shop.navigate(next.toString());

        Steps.seesTheHomePageSignedOut(shop);
    }

    @Test
    void listedOriginLearnsWhereToSignInAndOthersLearnNothing() {
        assertEquals(url("/auth/sign-in") + "?return_to=%2F", call(listed(), "GET", "/api/books", "signInUrl"));
        assertEquals("unreadable", call(unlisted(), "GET", "/api/books", "signInUrl"));
        assertEquals("unreadable", call(unlisted(), "GET", "/auth/session", "signedIn"));
    }

    /** A member of the answer, as a script of that page reads it. */
    private static Object call(Page page, String method, String path, String member) {
        return page.evaluate(
                "([url, method, member]) => fetch(url, {method, credentials: 'include'})"
                        + ".then(r => r.json()).then(j => j[member], () => 'unreadable')",
                new String[] {url(path), method, member});
    }

    /** Another port is another origin of the same site. */
    private static Page listed() {
        return at(RUNNING.get().logto().okta() + "/");
    }

    private static Page unlisted() {
        return at(RUNNING.get().logto().issuer() + "/session/end/success");
    }

    private static Page at(String url) {
        Page page = CHROMIUM.tab();
        page.navigate(url);
        return page;
    }

    private static Page opened() {
        Page page = CHROMIUM.tab();
        page.navigate(url("/public/spa.html"));
        return page;
    }

    private static void add(Page page, String title) {
        page.locator("#title").fill(title);
        page.locator("#author").fill("Lewis Carroll");
        page.locator("#add button").click();
    }

    /** The popup closes by itself. */
    private static void signInByPopup(Page page) {
        Page popup = page.waitForPopup(() -> page.locator("#sign-in").click());
        Steps.signInAtLogto(popup, ALICE, ALICES_PASSWORD);
        assertThat(page.locator("#sign-out")).isVisible();
        page.waitForCondition(popup::isClosed);
    }

    private static String url(String path) {
        return RUNNING.get().a().url(path);
    }
}
