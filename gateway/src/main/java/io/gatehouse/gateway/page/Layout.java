package io.gatehouse.gateway.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Objects;

/** The one design all pages share, read once from the class path, and the policy that allows it and nothing else. */
final class Layout {

    private final String template = resource("layout.html");
    private final String style = resource("style.css");
    private final String policy = "default-src 'none'; style-src 'sha256-" + sha256(style)
            + "'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'";

    String render(Page page, Texts texts) {
        return template.replace("{{style}}", style)
                .replace("{{language}}", texts.language())
                .replace("{{refresh}}", page.refresh())
                .replace("{{title}}", page.title(texts))
                .replace("{{body}}", page.body(texts));
    }

    /** The policy of a page, and without one of any other answer. */
    String contentSecurityPolicy(String formTarget) {
        return policy + formTarget;
    }

    private static String resource(String name) {
        try (InputStream in = Objects.requireNonNull(Layout.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
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
