package io.gatehouse.gateway.page;

/**
 * What makes the pages an operator's own.
 *
 * @param name of the site, on every page
 * @param logo the path of an image, or nothing
 * @param accent on light pages
 * @param accentDark on dark pages
 * @param support the address of people who help, or nothing
 */
record Brand(String name, String logo, Accent accent, Accent accentDark, String support) {

    /**
     * What is configured.
     *
     * @param host stands in for a name
     * @param logo the path of the logo, if there is one
     */
    static Brand of(PageProperties properties, String host, String logo) {
        Accent accent = properties.accent();
        Accent dark = properties.accentDark();
        return new Brand(
                properties.name() == null ? host : properties.name().strip(),
                properties.logo() == null ? "" : logo,
                accent,
                dark == null ? accent.forDarkPages() : dark,
                properties.support() == null ? "" : properties.support().address());
    }

    /** Logo and name, at the top of every page. The logo says nothing that the name beside it does not. */
    String header() {
        String image =
                logo.isEmpty() ? "" : "<img class=\"logo\" src=\"%s\" alt=\"\">\n".formatted(Fragment.escape(logo));
        return "<header class=\"brand\">\n%s<span>%s</span>\n</header>".formatted(image, Fragment.escape(name));
    }

    /** A link to people who help, at the foot of a page. */
    Fragment help() {
        String opening = "<footer>\n<a class=\"help\" href=\"%s\">".formatted(Fragment.escape(support));
        return support.isEmpty()
                ? Fragment.NONE
                : Fragment.element(opening, Fragment.text("help", name), "</a>\n</footer>");
    }

    /** What the style calls {@code var(--accent)}. */
    String colors() {
        return ":root { --accent: %s; }\n@media (prefers-color-scheme: dark) { :root { --accent: %s; } }\n"
                .formatted(accent, accentDark);
    }
}
