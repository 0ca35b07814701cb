package io.gatehouse.gateway.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.ColorScheme;
import io.gatehouse.gateway.fixture.Axe;
import io.gatehouse.gateway.fixture.Browser;
import io.gatehouse.gateway.fixture.Browser.Answer;
import io.gatehouse.gateway.fixture.Chromium;
import io.gatehouse.gateway.fixture.Markup;
import io.gatehouse.gateway.fixture.Stage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The pages of an operator who has configured all there is: what docs/pages.md says, done. */
class BrandedPagesIT {

    private static final Path LOGO = Path.of("src/test/resources/io/gatehouse/gateway/fixture/logo.svg");

    private static final Path OURS = Path.of("src/main/resources/io/gatehouse/gateway/page");

    private static final String COLOR = "getComputedStyle(document.querySelector('.action.first')).backgroundColor";

    @RegisterExtension
    static final Stage STAGE = new Stage(Map.of(
            "gatehouse.pages.name", "Acme & Söhne",
            "gatehouse.pages.logo", LOGO.toString(),
            "gatehouse.pages.accent", "#7a0019",
            "gatehouse.pages.support", "https://help.acme.example/?from=sign-in&lang=any",
            "gatehouse.pages.templates", templates().toString()));

    static {
        STAGE.gateway().with(OwnPage.problems(STAGE.gateway()));
    }

    @RegisterExtension
    static final Chromium CHROMIUM = new Chromium();

    private final Browser browser = new Browser();

    @Test
    void nameIsOnEveryPageAndHelpIsWhereAProblemIs() {
        String signedOut = browser.open(STAGE.url("/auth/signed-out")).body();
        String problem = browser.open(STAGE.url("/auth/nothing")).body();

        assertThat(signedOut)
                .contains("<title>You are signed out · Acme &amp; Söhne</title>", "<span>Acme &amp; Söhne</span>")
                .doesNotContain("help.acme.example");
        assertThat(problem)
                .contains("<title>Page not found · Acme &amp; Söhne</title>")
                .contains(
                        "href=\"https://help.acme.example/?from=sign-in&amp;lang=any\">Help with Acme &amp; Söhne</a>");
        assertThat(Markup.faults(problem)).isEmpty();
    }

    @Test
    void logoIsServedUnderTheNameOfItsContentAndForEver() throws IOException {
        Answer logo = browser.open(STAGE.url(logo()));

        assertThat(logo.status()).isEqualTo(200);
        assertThat(logo.body()).isEqualTo(Files.readString(LOGO));
        assertThat(logo.header("Content-Type")).contains("image/svg+xml");
        assertThat(logo.header("Cache-Control")).contains("public, max-age=31536000, immutable");
        assertThat(logo.header("X-Content-Type-Options")).contains("nosniff");
        assertThat(logo.header("Content-Security-Policy"))
                .contains("default-src 'none'; style-src 'unsafe-inline'; sandbox");
        assertThat(logo.header("Set-Cookie")).isEmpty();
        assertThat(browser.open(STAGE.url("/auth/logo")).status()).isEqualTo(404);
        assertThat(browser.open(STAGE.url("/auth/logo/" + "0".repeat(32) + ".svg"))
                        .status())
                .isEqualTo(404);
        assertThat(browser.fetch("POST", STAGE.url(logo())).status()).isEqualTo(405);
    }

    @Test
    void logoIsShownAndRunsNoScriptEvenByItself() {
        Page page = CHROMIUM.tab();
        page.navigate(STAGE.url("/auth/signed-out"));
        assertThat(page.evaluate("document.querySelector('img.logo').naturalWidth > 0"))
                .isEqualTo(true);

        page.navigate(STAGE.url(logo()));
        assertThat(page.evaluate("document.documentElement.getAttribute('data-script')"))
                .isNull();
        assertThat(page.evaluate("document.documentElement.localName")).isEqualTo("svg");

        // The same drawing from an address without that policy does.
        page.route(
                "**/free.svg",
                route -> route.fulfill(new Route.FulfillOptions()
                        .setContentType("image/svg+xml")
                        .setPath(LOGO)));
        page.navigate(STAGE.url("/free.svg"));
        assertThat(page.evaluate("document.documentElement.getAttribute('data-script')"))
                .isEqualTo("ran");
    }

    @Test
    void ownTextReplacesOursAndAnOwnLanguageLacksNothing() {
        String english = browser.open(STAGE.url("/auth/signed-out")).body();
        String arabic = browser.open(STAGE.url("/auth/signed-out?ui_locales=ar-EG%20en"))
                .body();
        String chinese =
                browser.open(STAGE.url("/auth/signed-out?ui_locales=zh")).body();

        assertThat(english).contains("<p>See you soon.</p>");
        assertThat(arabic)
                .contains("<html lang=\"ar\" dir=\"rtl\">", "<h1>تم تسجيل خروجك</h1>")
                .contains("<p>See you soon.</p>");
        assertThat(chinese).contains("<html lang=\"zh\">", "您已退出登录").doesNotContain("See you soon");
    }

    @Test
    void ownLayoutHasItsOwnStyleAndThePolicyAllowsIt() {
        Page page = CHROMIUM.tab();
        page.navigate(STAGE.url("/auth/signed-out"));

        assertThat(page.locator(".imprint").textContent()).isEqualTo("Acme & Söhne Ltd.");
        assertThat(page.evaluate("getComputedStyle(document.querySelector('.imprint')).borderBlockStartWidth"))
                .isEqualTo("7px");
    }

    @ParameterizedTest
    @EnumSource(
            value = ColorScheme.class,
            names = {"LIGHT", "DARK"})
    void rightToLeftPageIsForEverybodyAsWell(ColorScheme scheme) {
        var settings =
                new NewContextOptions().setColorScheme(scheme).setLocale("ar").setViewportSize(360, 720);
        try (BrowserContext profile = CHROMIUM.profile(settings)) {
            Page page = profile.newPage();
            page.navigate(STAGE.url("/auth/test/problem?type=UPSTREAM_TIMEOUT"));

            assertThat(page.locator("html").getAttribute("dir")).isEqualTo("rtl");
            assertThat(Axe.violations(page)).isEmpty();
            // The first thing in a line is at its right end.
            assertThat(page.evaluate("() => { const line = document.querySelector('.brand').getBoundingClientRect();"
                            + " const first = document.querySelector('.logo').getBoundingClientRect();"
                            + " return line.right - first.right < first.left - line.left }"))
                    .isEqualTo(true);
            assertThat(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))
                    .isEqualTo(true);
            assertThat("rgb(122, 0, 25)".equals(page.evaluate(COLOR))).isEqualTo(scheme == ColorScheme.LIGHT);
            CHROMIUM.picture(page, "rtl-" + scheme);
        }
    }

    private String logo() {
        Matcher image = Pattern.compile("<img class=\"logo\" src=\"(/auth/logo/[0-9a-f]{32}\\.svg)\" alt=\"\">")
                .matcher(browser.open(STAGE.url("/auth/signed-out")).body());
        assertThat(image.find()).isTrue();
        return image.group(1);
    }

    private static Path templates() {
        try {
            Path directory = Files.createTempDirectory("gatehouse-templates");
            Files.writeString(
                    directory.resolve("layout.html"),
                    Files.readString(OURS.resolve("layout.html"))
                            .replace("</main>", "<p class=\"imprint\">{{name}} Ltd.</p>\n</main>"));
            Files.writeString(
                    directory.resolve("style.css"),
                    Files.readString(OURS.resolve("style.css")) + ".imprint { border-block-start: 7px solid; }");
            Files.writeString(directory.resolve("messages.properties"), "signed-out.advice=See you soon.\n");
            Files.writeString(directory.resolve("messages_ar.properties"), """
                home=الصفحة الرئيسية
                try-again=حاول مرة أخرى
                reference=المرجع: {0}، {1}
                signed-out.title=تم تسجيل خروجك
                problem.reloads=تعيد هذه الصفحة المحاولة تلقائيًا.
                problem.upstream-timeout.title=استغرقت الخدمة وقتًا طويلاً للرد
                problem.upstream-timeout.advice=الخدمة التي وراء هذه الصفحة لا تستجيب.
                """, StandardCharsets.UTF_8);
            return directory;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
