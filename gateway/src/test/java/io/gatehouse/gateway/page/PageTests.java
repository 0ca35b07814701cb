package io.gatehouse.gateway.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PageTests {

    private static final String ATTACK = "\"><script>alert(1)</script>";

    private final Layout layout = TestDesign.layout();

    @Test
    void everyValueIsEscaped() {
        Page page = Page.titled("home")
                .link("home", ATTACK)
                .button("home", ATTACK, URI.create("https://idp.example/end"))
                .button("home", ATTACK, ATTACK, ATTACK)
                .entry(Entry.named("sessions.browser", ATTACK)
                        .link("home", ATTACK)
                        .button("home", ATTACK, ATTACK, ATTACK))
                .reference(ATTACK, ATTACK);

        assertThat(render(page)).doesNotContain("<script>").contains("&lt;script&gt;");
    }

    @Test
    void policyAllowsOurOwnStyleAndNothingElse() {
        assertThat(layout.contentSecurityPolicy(""))
                .startsWith("default-src 'none'; style-src 'sha256-")
                .contains("frame-ancestors 'none'")
                .endsWith("form-action 'self'")
                .doesNotContain("unsafe");
    }

    @Test
    void formMayLeadWhereItsAnswerRedirects() {
        Page page =
                Page.titled("home").button("home", "/auth/sign-out", URI.create("https://idp.example/oidc/end?a=b"));

        assertThat(layout.contentSecurityPolicy(page.needs())).endsWith("form-action 'self' https://idp.example/");
    }

    @Test
    void pageThatWaitsLoadsItselfAgain() {
        assertThat(Page.titled("home").reloadAfter(Duration.ofSeconds(5)).refresh())
                .isEqualTo("5");
        assertThat(Page.titled("home")
                        .goOnAfter(Duration.ofSeconds(1), "/a?b=c")
                        .refresh())
                .isEqualTo("1;url=/a?b=c");
        assertThat(Page.titled("home").refresh()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "PT-1S, just now, 刚刚",
        "PT59S, just now, 刚刚",
        "PT1M, 1 minute ago, 1 分钟前",
        "PT59M59S, 59 minutes ago, 59 分钟前",
        "PT1H, 1 hour ago, 1 小时前",
        "PT23H59M, 23 hours ago, 23 小时前",
        "P1D, 1 day ago, 1 天前",
        "P10D, 10 days ago, 10 天前"
    })
    void momentIsShownAsHowLongAgoAndAsTimeInUtc(Duration passed, String english, String chinese) {
        Instant at = Instant.parse("2026-01-31T23:59:59.5Z");
        Page page = Page.titled("home").entry(Entry.named("home").fact("sessions.signed-in", at, at.plus(passed)));
        String time = "</span> <time datetime=\"2026-01-31T23:59:59Z\">2026-01-31 23:59 UTC</time></dd>";

        assertThat(layout.render(page, Texts.ENGLISH)).contains("<dd><span>" + english + time);
        assertThat(layout.render(page, TestDesign.CHINESE)).contains("<dd><span>" + chinese + time);
    }

    @Test
    void buttonThatStaysHereNeedsNoLeaveToGoElsewhere() {
        Page page = Page.titled("home").button("home", "/auth/sessions/end", "others", "true");

        assertThat(layout.contentSecurityPolicy(page.needs())).endsWith("form-action 'self'");
    }

    /** A page that runs from right to left is its mirror image. */
    @Test
    void styleKnowsNoLeftAndNoRight() {
        String style = Resource.text("style.css");

        assertThat(style).doesNotContainPattern("left|right|-x:");
        // Four values would be top, right, bottom, left.
        assertThat(style).doesNotContainPattern("(margin|padding|inset|border-radius): *([^ ;]+ +){3}[^ ;]+;");
    }

    @Test
    void helpIsOfferedWhereThereIsAProblemOnly() {
        Brand brand = new Brand("Acme", "", TestDesign.BLUE, TestDesign.BLUE, "mailto:help@acme.example");
        Layout branded = new Layout(TemplateFolder.EMPTY, brand);

        assertThat(branded.render(Page.titled("home").reference("slug", "id"), Texts.ENGLISH))
                .contains("<a class=\"help\" href=\"mailto:help@acme.example\">Help with Acme</a>");
        assertThat(branded.render(Page.titled("home"), Texts.ENGLISH)).doesNotContain("help@acme.example");
        assertThat(render(Page.titled("home").reference("slug", "id"))).doesNotContain("class=\"help\"");
    }

    @Test
    void imagesAreAllowedOnlyWhereThereIsALogo() {
        Brand brand = new Brand("Acme", "/auth/logo/1.png", TestDesign.BLUE, TestDesign.BLUE, "");

        assertThat(new Layout(TemplateFolder.EMPTY, brand).contentSecurityPolicy(""))
                .contains("; img-src 'self';");
        assertThat(layout.contentSecurityPolicy("")).doesNotContain("img-src");
    }

    @Test
    void noPlaceholderIsLeft() {
        assertThat(render(Page.titled("home"))).doesNotContain("{{");
    }

    @Test
    void pageSaysInWhichLanguageItIs() {
        Page page = Page.titled("signed-out.title").link("sign-in-again", "/auth/sign-in");

        assertThat(layout.render(page, Texts.ENGLISH))
                .contains(
                        "<html lang=\"en\">", "<title>You are signed out · app.example</title>", ">Sign in again</a>");
        assertThat(layout.render(page, TestDesign.CHINESE))
                .contains("<html lang=\"zh\">", "<title>您已退出登录 · app.example</title>", ">重新登录</a>");
    }

    private String render(Page page) {
        return layout.render(page, Texts.ENGLISH);
    }
}
