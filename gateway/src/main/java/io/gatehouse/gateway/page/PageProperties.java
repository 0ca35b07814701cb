package io.gatehouse.gateway.page;

import jakarta.validation.constraints.AssertTrue;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the gateway's own pages look. See docs/pages.md.
 *
 * @param name what the pages call this site, in up to 60 characters. Absent: the host of the public URL
 * @param logo a file with the image at the top of every page: SVG, PNG, WebP or JPEG, 256 KiB at most
 * @param accent the color of links and buttons on light pages, as {@code #rrggbb}, with a contrast of 4.5 to 1 at least
 *     to {@code #f5f6f8}
 * @param accentDark the same on dark pages, with that contrast to {@code #1b212b}. Absent: a lighter tone of
 *     {@code accent}
 * @param support where people get help, an {@code https:} or {@code mailto:} address; pages about problems link to it
 * @param templates a directory with an own {@code layout.html} or {@code style.css}, or with
 *     {@code messages_<language>.properties}
 */
public record PageProperties(
        @Nullable String name,
        @Nullable Logo logo,
        @DefaultValue("#2450b2") Accent accent,
        @Nullable Accent accentDark,
        @Nullable Support support,
        @Nullable TemplateFolder templates) {

    private static final Pattern NAME = Pattern.compile("\\s*[^\\s\\p{Cc}][^\\p{Cc}]{0,59}");

    @AssertTrue(message = "name: must have between 1 and 60 characters in one line")
    boolean isNameShort() {
        return name == null || NAME.matcher(name).matches();
    }

    @AssertTrue(
            message = "accent: is too light to be read on light pages: it needs a contrast of 4.5 to 1 at least to"
                    + " #f5f6f8; take a darker one")
    boolean isAccentReadable() {
        return accent.isReadableOn(Accent.LIGHT_PAPER);
    }

    @AssertTrue(
            message = "accent-dark: is too dark to be read on dark pages: it needs a contrast of 4.5 to 1 at least to"
                    + " #1b212b; take a lighter one, or none")
    boolean isAccentDarkReadable() {
        return accentDark == null || accentDark.isReadableOn(Accent.DARK_CARD);
    }

    TemplateFolder folder() {
        return templates == null ? TemplateFolder.EMPTY : templates;
    }
}
