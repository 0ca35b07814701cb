package io.gatehouse.gateway.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PageTests {

    private static final String ATTACK = "\"><script>alert(1)</script>";

    private final Layout layout = new Layout();

    @Test
    void everyTextIsEscaped() {
        Page page = Page.titled(ATTACK)
                .text(ATTACK)
                .link(ATTACK, ATTACK)
                .button(ATTACK, ATTACK, URI.create("https://idp.example/end"))
                .reference(ATTACK);

        assertThat(layout.render(page)).doesNotContain("<script>").contains("&lt;script&gt;");
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
        Page page = Page.titled("x").button("Go", "/auth/sign-out", URI.create("https://idp.example/oidc/end?a=b"));

        assertThat(layout.contentSecurityPolicy(page.formTarget())).endsWith("form-action 'self' https://idp.example/");
    }

    @Test
    void pageThatWaitsLoadsItselfAgain() {
        assertThat(layout.render(Page.titled("x").reloadAfter(Duration.ofSeconds(5))))
                .contains("<meta http-equiv=\"refresh\" content=\"5\">");
        assertThat(layout.render(Page.titled("x"))).doesNotContain("http-equiv");
    }

    @Test
    void noPlaceholderIsLeft() {
        assertThat(layout.render(Page.titled("x"))).doesNotContain("{{");
    }
}
