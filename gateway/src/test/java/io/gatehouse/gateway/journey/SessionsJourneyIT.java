package io.gatehouse.gateway.journey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.gatehouse.gateway.journey.Steps.ALICE;
import static io.gatehouse.gateway.journey.Steps.ALICES_PASSWORD;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.gatehouse.gateway.fixture.Browser;
import io.gatehouse.gateway.fixture.Chromium;
import io.gatehouse.gateway.fixture.Stage;
import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SessionsJourneyIT {

    @RegisterExtension
    static final Stage STAGE = new Stage();

    @RegisterExtension
    static final Chromium CHROMIUM = new Chromium();

    private final Browser elsewhere = new Browser();
    private final Browser forgotten = new Browser();

    @Test
    void personEndsOneSessionThenAllOthersThenTheirOwn() {
        Page page = signedIn();
        assertThat(page.locator(".entries li")).hasCount(3);
        assertThat(page.locator(".entries li").first()).containsText("Chrome This device");
        CHROMIUM.picture(page, "sessions");

        page.locator(".entries li").last().getByRole(AriaRole.BUTTON).click();
        assertThat(page.locator(".entries li")).hasCount(2);
        Assertions.assertEquals(401, elsewhere(forgotten));
        Assertions.assertEquals(200, elsewhere(elsewhere));

        page.getByText("Sign out everywhere else").click();
        assertThat(page.locator(".entries li")).hasCount(1);
        Assertions.assertEquals(401, elsewhere(elsewhere));

        page.getByText("Sign out").click();
        page.navigate(STAGE.url("/books"));
        assertThat(page.locator("input[name=password]")).isVisible();
    }

    private Page signedIn() {
        STAGE.signInAsAlice(forgotten);
        STAGE.advance(Duration.ofMinutes(20));
        STAGE.signInAsAlice(elsewhere);
        STAGE.advance(Duration.ofMinutes(4));
        Page page = CHROMIUM.tab();
        page.navigate(STAGE.url("/auth/sessions"));
        Steps.signInAtLogto(page, ALICE, ALICES_PASSWORD);
        return page;
    }

    private static int elsewhere(Browser browser) {
        return browser.fetch("GET", STAGE.url("/books")).status();
    }
}
