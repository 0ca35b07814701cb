package io.gatehouse.gateway.journey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.gatehouse.gateway.journey.Steps.ALICE;
import static io.gatehouse.gateway.journey.Steps.ALICES_PASSWORD;

import com.microsoft.playwright.Page;
import io.gatehouse.gateway.fixture.Chromium;
import io.gatehouse.gateway.fixture.RunningDeployment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Two tabs that sign in at once. Logto keeps one sign-in for each browser and application: whichever form is sent first
 * is answered with what the newest tab had asked for.
 */
class TabsJourneyIT {

    @RegisterExtension
    static final RunningDeployment RUNNING = new RunningDeployment();

    @RegisterExtension
    static final Chromium CHROMIUM = new Chromium();

    @Test
    void newerTabFinishesAndTheOlderOneIsSignedInWhenItIsLoadedAgain() {
        Page older = CHROMIUM.tab();
        Page newer = CHROMIUM.tab();
        older.navigate(url("/books?tab=older"));
        newer.navigate(url("/whoami?tab=newer"));

        Steps.signInAtLogto(newer, ALICE, ALICES_PASSWORD);
        assertThat(newer).hasURL(url("/whoami?tab=newer"));

        older.navigate(url("/books?tab=older"));
        Steps.seesTheBooks(older);
    }

    @Test
    void olderTabThatIsSentFirstEndsWhereTheNewerOneWantedToGo() {
        Page older = CHROMIUM.tab();
        Page newer = CHROMIUM.tab();
        older.navigate(url("/books?tab=older"));
        newer.navigate(url("/whoami?tab=newer"));

        Steps.signInAtLogto(older, ALICE, ALICES_PASSWORD);
        assertThat(older).hasURL(url("/whoami?tab=newer"));

        newer.navigate(url("/whoami?tab=newer"));
        assertThat(newer.locator("body")).containsText("\"claims\"");
    }

    @Test
    void tabsThatBeginOneAfterTheOtherBothReachTheirPages() {
        Page first = CHROMIUM.tab();
        Page second = CHROMIUM.tab();
        first.navigate(url("/books?tab=first"));
        Steps.signInAtLogto(first, ALICE, ALICES_PASSWORD);
        second.navigate(url("/books?tab=second"));

        assertThat(first).hasURL(url("/books?tab=first"));
        assertThat(second).hasURL(url("/books?tab=second"));
        Steps.seesTheBooks(second);
    }

    private static String url(String path) {
        return RUNNING.get().a().url(path);
    }
}
