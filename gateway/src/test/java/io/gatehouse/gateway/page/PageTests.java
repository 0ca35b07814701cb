package io.gatehouse.gateway.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PageTests {

    private static final String ATTACK = "\"><script>alert(1)</script>";

    private final Layout layout = new Layout();

    @Test
    void everyValueIsEscaped() {
        Page page = Page.titled("home")
                .link("home", ATTACK)
                .button("home", ATTACK, URI.create("https://idp.example/end"))
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

        assertThat(layout.contentSecurityPolicy(page.formTarget())).endsWith("form-action 'self' https://idp.example/");
    }

    @Test
    void pageThatWaitsLoadsItselfAgain() {
        assertThat(render(Page.titled("home").reloadAfter(Duration.ofSeconds(5))))
                .contains("<meta http-equiv=\"refresh\" content=\"5\">");
        assertThat(render(Page.titled("home"))).doesNotContain("http-equiv");
    }

    @Test
    void noPlaceholderIsLeft() {
        assertThat(render(Page.titled("home"))).doesNotContain("{{");
    }

    @Test
    void pageSaysInWhichLanguageItIs() {
        Page page = Page.titled("signed-out.title").link("sign-in-again", "/auth/sign-in");

        assertThat(layout.render(page, Texts.ENGLISH))
                .contains("<html lang=\"en\">", "<title>You are signed out</title>", ">Sign in again</a>");
        assertThat(layout.render(page, Texts.CHINESE))
                .contains("<html lang=\"zh\">", "<title>您已退出登录</title>", ">重新登录</a>");
    }

    private String render(Page page) {
        return layout.render(page, Texts.ENGLISH);
    }
}
