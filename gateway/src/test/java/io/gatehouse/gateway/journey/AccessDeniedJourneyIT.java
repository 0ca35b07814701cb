package io.gatehouse.gateway.journey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.gatehouse.gateway.journey.Steps.ALICE;
import static io.gatehouse.gateway.journey.Steps.ALICES_PASSWORD;
import static io.gatehouse.gateway.journey.Steps.BOB;
import static io.gatehouse.gateway.journey.Steps.BOBS_PASSWORD;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.gatehouse.gateway.fixture.Chromium;
import io.gatehouse.gateway.fixture.Stage;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What people do about a page that is not for them. */
class AccessDeniedJourneyIT {

    private static final String ACME = "acmebooks001";

    @RegisterExtension
    static final Stage STAGE = new Stage(Map.of(
            "gatehouse.routes[1].path", "/staff/**",
            "gatehouse.routes[1].access", "authenticated",
            "gatehouse.routes[1].sign-in.connector", "okta",
            "gatehouse.routes[1].relay.organization", "id:" + ACME,
            "gatehouse.routes[2].path", "/members/**",
            "gatehouse.routes[2].relay.organization", "id:" + ACME));

    @RegisterExtension
    static final Chromium CHROMIUM = new Chromium();

    /** Nobody is asked for anything: Logto knows the person, and a connector would ask again. */
    @Test
    void checkAgainLetsInWhoHasGotTheRightMeanwhile() {
        Page page = CHROMIUM.tab();
        page.navigate(STAGE.url("/staff/desk?x=1"));
        Steps.signInAtOkta(page, "erin@acme.test");
        assertThat(page.locator("main")).containsText("You are signed in as Erin");
        CHROMIUM.picture(page, "not-a-member");

        follow(page, "Check again");
        assertThat(page.locator("main")).containsText("You are signed in as Erin");
        assertThat(page).hasURL(STAGE.url("/staff/desk?x=1"));
        join("erin@acme.test");
        STAGE.logto().control("DELETE", "okta/sessions", "");
        follow(page, "Check again");

        assertThat(page.locator("body")).hasText("upstream");
        assertThat(page).hasURL(STAGE.url("/staff/desk?x=1"));
    }

    @Test
    void anotherAccountMayBeUsedInPlaceOfThisOne() {
        Page page = CHROMIUM.tab();
        page.navigate(STAGE.url("/members/desk?x=1"));
        Steps.signInAtLogto(page, BOB, BOBS_PASSWORD);
        assertThat(page.locator("main")).containsText("You are signed in as Bob");

        follow(page, "Use another account");
        Steps.signInAtLogto(page, ALICE, ALICES_PASSWORD);

        assertThat(page.locator("body")).hasText("upstream");
        assertThat(page).hasURL(STAGE.url("/members/desk?x=1"));
    }

    private static void follow(Page page, String link) {
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(link)).click();
    }

    private static void join(String user) {
        STAGE.logto().control("PUT", "organizations/" + ACME + "/users/" + user, "{\"roles\":[\"editor\"]}");
    }
}
