package io.gatehouse.gateway.page;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
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

    /** The policy of a page, and without one of any other answer. */
    String contentSecurityPolicy(String formTarget) {
        return policy + formTarget;
    }

    private static String sha256(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
