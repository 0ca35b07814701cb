package io.gatehouse.gateway.journey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;

/** What people do on the pages of Logto and Okta. The fields have the names that Logto's own pages give them. */
final class Steps {

    static final String ALICE = "alice";
    static final String ALICES_PASSWORD = "Wonderland-42!";
    static final String BOB = "bob";
    static final String BOBS_PASSWORD = "Builder-42!!";

    private Steps() {}

    static void signInAtLogto(Page page, String identifier, String password) {
        page.locator("input[name=identifier]").fill(identifier);
        page.locator("input[name=password]").fill(password);
        page.locator("button[type=submit]").click();
    }

    static void identifyAtLogto(Page page, String identifier) {
        page.locator("input[name=identifier]").fill(identifier);
        page.locator("button[type=submit]").click();
    }

    static void signInAtOkta(Page page, String login) {
        page.locator("#login").fill(login);
        page.locator("#go").click();
    }

    static void seesTheHomePageSignedIn(Page page, String name) {
        assertThat(page.locator("h1")).hasText("You are signed in as " + name);
    }

    static void seesTheHomePageSignedOut(Page page) {
        assertThat(page.locator("h1")).hasText("You are not signed in");
    }

    static void seesTheBooks(Page page) {
        assertThat(page.locator("#books li").first()).isVisible();
    }
}
