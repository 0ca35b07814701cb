package io.gatehouse.gateway.journey;

import static io.gatehouse.gateway.journey.Steps.ALICE;
import static io.gatehouse.gateway.journey.Steps.ALICES_PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ForcedColors;
import io.gatehouse.gateway.fixture.Axe;
import io.gatehouse.gateway.fixture.Browser;
import io.gatehouse.gateway.fixture.Browser.Answer;
import io.gatehouse.gateway.fixture.Chromium;
import io.gatehouse.gateway.fixture.Documents;
import io.gatehouse.gateway.fixture.Markup;
import io.gatehouse.gateway.fixture.Programs;
import io.gatehouse.gateway.fixture.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every page of the gateway's own, as everybody must be able to use it: WCAG 2.2 AA. */
class PagesIT {

    private static final boolean UPDATE = Documents.areUpdated();
    private static final Sheets SHEETS = new Sheets();

    private static final String CONTROLS =
            "[...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea')]";

    @RegisterExtension
    static final Stage STAGE = new Stage(Map.of(
            "gatehouse.pages.name", "Bookstore",
            "gatehouse.pages.logo", "src/test/resources/io/gatehouse/gateway/fixture/logo.svg",
            "gatehouse.pages.support", "mailto:help@bookstore.example",
            "gatehouse.sign-in.choice", "true",
            "gatehouse.routes[2].sign-in.keep-fragment", "true"));

    static {
        STAGE.gateway().with(OwnPage.problems(STAGE.gateway()));
    }

    @RegisterExtension
    static final Chromium CHROMIUM = new Chromium();

    private final List<String> refusals = new ArrayList<>();

    @AfterAll
    static void everyPageHasItsPictureInTheDocuments() throws IOException {
        SHEETS.write();
        try (Stream<Path> files = Files.list(Sheets.DIRECTORY)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .as("mvn verify -pl gateway -Dtest=None -Dsurefire.failIfNoSpecifiedTests=false -Dit.test=PagesIT"
                            + " -Dgatehouse.update-documents=true")
                    .containsExactlyInAnyOrderElementsOf(OwnPage.all().stream()
                            .map(own -> own.name() + ".png")
                            .toList());
        }
    }

    @ParameterizedTest
    @CsvSource({"LIGHT, en", "LIGHT, zh", "DARK, en", "DARK, zh"})
    void everyPageIsForEverybody(ColorScheme scheme, String language) {
        try (BrowserContext profile = CHROMIUM.profile(new NewContextOptions()
                .setColorScheme(scheme)
                .setLocale(language)
                .setViewportSize(1280, 560))) {
            Page page = signedIn(profile);
            for (OwnPage own : OwnPage.all()) {
                assertThatCode(() -> look(page, own, scheme, language))
                        .as(own.name())
                        .doesNotThrowAnyException();
            }
        }
        assertThat(refusals).as("what a content security policy has refused").isEmpty();
    }

    private static void look(Page page, OwnPage own, ColorScheme scheme, String language) {
        Response response = own.way().go(page, STAGE);
        assertThat(response.text()).contains(own.shows(), "<html lang=\"" + language + "\">", "<span>Bookstore</span>");
        assertThat(Markup.faults(response.text())).isEmpty();
        assertThat(Axe.violations(page)).isEmpty();
        picture(page, own, scheme, language);

        page.setViewportSize(360, 720);
        assertThat(Axe.violations(page)).isEmpty();
        picture(page, own, scheme, language);
        everythingFits(page);
        // A window 1280 wide at 400 %: WCAG 2.2, success criterion 1.4.10.
        page.setViewportSize(320, 720);
        everythingFits(page);
        page.setViewportSize(1280, 560);
        everyControlIsReachedByKeyboardInOrderAndSeenToBe(page);
    }

    private static void everythingFits(Page page) {
        assertThat(page.evaluate(
                        "[...document.querySelectorAll('body *')].filter(it => it.getBoundingClientRect().right >"
                                + " innerWidth || it.getBoundingClientRect().left < 0).map(it => it.outerHTML)"))
                .as("what is wider than the window")
                .isEqualTo(List.of());
    }

    private static void everyControlIsReachedByKeyboardInOrderAndSeenToBe(Page page) {
        int controls = (int) page.evaluate(CONTROLS + ".length");
        for (int i = 0; i < controls; i++) {
            page.keyboard().press("Tab");
            assertThat(page.evaluate("i => document.activeElement === " + CONTROLS + "[i]", i))
                    .as("control %d has the focus", i)
                    .isEqualTo(true);
            assertThat(page.evaluate("() => { const it = getComputedStyle(document.activeElement);"
                            + " return it.outlineStyle === 'solid' && parseFloat(it.outlineWidth) >= 2 }"))
                    .as("the focus is seen")
                    .isEqualTo(true);
            assertThat(page.evaluate("() => { const it = document.activeElement.getBoundingClientRect();"
                            + " return Math.min(it.width, it.height) >= 24 }"))
                    .as("control %d has 24 by 24 pixels", i)
                    .isEqualTo(true);
        }
    }

    @Test
    void axeFindsWhatIsWrong() {
        Page page = CHROMIUM.tab();
        page.setContent("<img src=\"data:,\"><p style=\"color: #aaa\">faint</p>");

        assertThat(String.join(" ", Axe.violations(page)))
                .contains("image-alt:", "color-contrast:", "html-has-lang:", "document-title:");
    }

    @Test
    void buttonsHaveAnEdgeWhereTheReaderChoosesTheColors() {
        var settings = new NewContextOptions().setForcedColors(ForcedColors.ACTIVE);
        try (BrowserContext profile = CHROMIUM.profile(settings)) {
            Page page = profile.newPage();
            page.navigate(STAGE.url("/auth/sign-out"));

            assertThat(page.evaluate(
                            CONTROLS + ".map(it => getComputedStyle(it)).filter(it => it.borderStyle !== 'solid'"
                                    + " || it.borderColor === it.backgroundColor).length"))
                    .isEqualTo(0);
        }
    }

    @Test
    void sessionsAreEndedByKeyboard() {
        Page page = signedIn(CHROMIUM.context());
        page.navigate(STAGE.url("/auth/sessions"));
        assertThat(page.locator(".entries li").count()).isEqualTo(3);

        press(page, ".entries li:last-child button");
        page.waitForCondition(() -> page.locator(".entries li").count() == 2);

        press(page, ".actions button");
        page.waitForCondition(() -> page.locator(".entries li").count() == 1);

        press(page, ".entries a");
        page.waitForURL(STAGE.url("/"));
        page.navigate(STAGE.url("/auth/sign-in?choice=false"));
        assertThat(page.locator("input[name=password]").count()).isEqualTo(1);
    }

    @Test
    void signOutIsConfirmedAndFollowedByASignInByKeyboard() {
        Page page = signedIn(CHROMIUM.context());
        page.navigate(STAGE.url("/auth/sign-out"));

        press(page, "main button");
        page.waitForURL(STAGE.url("/"));
        assertThat(CHROMIUM.context().cookies()).noneMatch(cookie -> cookie.name.equals("gatehouse"));

        page.navigate(STAGE.url("/auth/signed-out"));
        press(page, "main a");
        page.waitForSelector("input[type=email]");
        press(page, "main a[href$='choice=false']");
        page.waitForSelector("input[name=password]");
    }

    /** Alice here and in two more browsers. */
    private Page signedIn(BrowserContext profile) {
        signInElsewhere();
        STAGE.advance(Duration.ofMinutes(20));
        signInElsewhere();
        STAGE.advance(Duration.ofMinutes(4));
        Page page = profile.newPage();
        page.onConsoleMessage(message -> {
            if (message.text().contains("Content Security Policy")) {
                refusals.add(message.text());
            }
        });
        page.navigate(STAGE.url("/auth/sign-in?choice=false&return_to=/auth/sessions"));
        Steps.signInAtLogto(page, ALICE, ALICES_PASSWORD);
        page.waitForSelector(".entries");
        return page;
    }

    private static void signInElsewhere() {
        Browser browser = new Browser();
        Answer callback = browser.signIn(browser.open(STAGE.url("/auth/sign-in?choice=false")), ALICE, ALICES_PASSWORD);
        browser.open(callback.location().toString());
    }

    /** Goes on from control to control, and presses Enter. */
    private static void press(Page page, String control) {
        for (int i = 0; i < 20; i++) {
            page.keyboard().press("Tab");
            if ((boolean) page.evaluate("control => document.activeElement.matches(control)", control)) {
                page.keyboard().press("Enter");
                return;
            }
        }
        throw new AssertionError(control + " is not reached by Tab");
    }

    private static void picture(Page page, OwnPage own, ColorScheme scheme, String language) {
        if (UPDATE) {
            Programs.chineseFont();
            SHEETS.add(
                    own.name(),
                    (scheme == ColorScheme.LIGHT ? "1 " : "2 ")
                            + language
                            + (page.viewportSize().width < 1000 ? "2" : "1"),
                    page);
        }
    }
}
