package io.gatehouse.gateway.journey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.gatehouse.gateway.journey.Steps.ALICE;
import static io.gatehouse.gateway.journey.Steps.ALICES_PASSWORD;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import io.gatehouse.gateway.fixture.Chromium;
import io.gatehouse.gateway.fixture.RunningDeployment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The script that pages include, where sessions are short: 20 s without a request. */
class ExpiryNoticeJourneyIT {

    /** As strict as the script allows: nothing inline, neither script nor style. */
    private static final String POLICY = "default-src 'none'; script-src 'self'; connect-src 'self'; img-src 'self'";

    private static final LocatorAssertions.ContainsTextOptions PATIENT =
            new LocatorAssertions.ContainsTextOptions().setTimeout(60_000);

    @RegisterExtension
    static final RunningDeployment RUNNING = new RunningDeployment(Map.of("GATEHOUSE_SESSION_IDLE_TIMEOUT", "20s"));

    @RegisterExtension
    static final Chromium CHROMIUM = new Chromium();

    @Test
    void sessionIsExtendedByKeyboardInAllTabsAndItsEndIsTold() {
        List<String> refused = new ArrayList<>();
        signIn();
        Page page = including("en", refused);
        Page other = including("en", refused);
        assertThat(status(page)).containsText("Your session is about to end.", PATIENT);
        assertThat(status(other)).containsText("Your session is about to end.", PATIENT);

        page.bringToFront();
        page.keyboard().press("Tab");
        assertThat(button(page)).isFocused();
        page.keyboard().press("Enter");
        assertThat(button(page)).hasCount(0);
        assertThat(button(other)).hasCount(0);

        assertThat(status(page)).containsText("Your session has ended.", PATIENT);
        assertThat(page.getByText("Sign in again"))
                .hasAttribute("href", url("/auth/sign-in?return_to=%2Fpublic%2Fplain"));
        assertEquals(List.of(), refused);
    }

    @Test
    void noticeSpeaksTheLanguageOfItsPage() {
        signIn();
        Page page = including("zh-CN", new ArrayList<>());

        assertThat(status(page)).containsText("您的登录即将到期。", PATIENT);
        assertThat(page.getByRole(AriaRole.BUTTON)).hasText("保持登录");
    }

    @Test
    void whoeverIsNotSignedInIsToldNothing() {
        Page page = CHROMIUM.tab();
        page.waitForResponse("**/auth/session", () -> include(page, "en", new ArrayList<>()));

        assertThat(status(page)).hasText("");
        assertThat(page.locator("a, button")).hasCount(0);
    }

    private static void signIn() {
        Page page = CHROMIUM.tab();
        page.navigate(url("/auth/sign-in"));
        Steps.signInAtLogto(page, ALICE, ALICES_PASSWORD);
        Steps.seesTheHomePageSignedIn(page, "Alice Liddell");
        page.close();
    }

    private static Page including(String language, List<String> refused) {
        Page page = CHROMIUM.tab();
        include(page, language, refused);
        return page;
    }

    /** A plain page of the same origin with a strict policy; whatever it does not allow is noted. */
    private static void include(Page page, String language, List<String> refused) {
        page.onConsoleMessage(message -> {
            if (message.text().contains("Content Security Policy")) {
                refused.add(message.text());
            }
        });
        page.route(
                "**/public/plain",
                route -> route.fulfill(new Route.FulfillOptions()
                        .setHeaders(
                                Map.of("Content-Type", "text/html; charset=utf-8", "Content-Security-Policy", POLICY))
                        .setBody("<!doctype html><html lang='" + language + "'><title>Plain</title>"
                                + "<script src='/auth/assets/expiry-notice.js' data-ahead='12' defer></script>"
                                + "<p>Text</p>")));
        page.navigate(url("/public/plain"));
    }

    private static Locator status(Page page) {
        return page.getByRole(AriaRole.STATUS);
    }

    private static Locator button(Page page) {
        return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Stay signed in"));
    }

    private static String url(String path) {
        return RUNNING.get().a().url(path);
    }
}
