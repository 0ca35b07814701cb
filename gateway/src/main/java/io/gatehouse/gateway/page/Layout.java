package io.gatehouse.gateway.page;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;

/** The one design all pages share, made once at start, and the policy that allows it and nothing else. */
final class Layout {

    private final Template template;
    private final Brand brand;
    private final String style;
    private final String policy;

    Layout(TemplateFolder templates, Brand brand) {
        this.template = templates.layout();
        this.brand = brand;
        this.style = brand.colors() + templates.style();
        String images = brand.logo().isEmpty() ? "" : "; img-src 'self'";
        this.policy = "default-src 'none'; style-src 'sha256-" + sha256(style) + "'" + images
                + "; frame-ancestors 'none'; base-uri 'none'; form-action 'self'";
    }

    String render(Page page, Texts texts) {
        return template.with(Map.of(
                "language", texts.attributes(),
                "title", page.title(texts),
                "name", Fragment.escape(brand.name()),
                "style", "<style>" + style + "</style>",
                "brand", brand.header(),
                "body", page.body(texts),
                "support", page.isAboutProblem() ? brand.help().in(texts) : ""));
    }

    /**
     * The policy of an answer.
     *
     * @param needs what it may do besides what every page may, as a page says; or nothing
     */
    String contentSecurityPolicy(String needs) {
        return policy + needs;
    }

    private static String sha256(String text) {
        return Base64.getEncoder().encodeToString(Sha256.of(text.getBytes(StandardCharsets.UTF_8)));
    }
}
