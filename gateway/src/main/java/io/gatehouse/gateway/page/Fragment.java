package io.gatehouse.gateway.page;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.web.util.HtmlUtils;

/** A piece of a page that knows what it says once it knows the language. Every text and every value is escaped here. */
@FunctionalInterface
interface Fragment {

    /** Nothing. */
    Fragment NONE = texts -> "";

    /** As HTML. */
    String in(Texts texts);

    /** A text of the bundles, with these values in its gaps. */
    static Fragment text(String key, Object... values) {
        return texts -> escape(texts.get(key, values));
    }

    /** An element around another fragment. */
    static Fragment element(String opening, Fragment content, String closing) {
        return texts -> opening + content.in(texts) + closing;
    }

    /** A link that looks like a button. It leaves a frame, because the IdP's pages refuse to be framed. */
    static Fragment link(String style, Fragment label, String href) {
        return link("target=\"_top\"", style, label, href);
    }

    /** The same, beside the page it is on. */
    static Fragment linkToNewTab(String style, Fragment label, String href) {
        return link("target=\"_blank\" rel=\"noopener\"", style, label, href);
    }

    private static Fragment link(String target, String style, Fragment label, String href) {
        return element("<a class=\"%s\" %s href=\"%s\">".formatted(style, target, escape(href)), label, "</a>");
    }

    /**
     * A form of one button.
     *
     * @param sent what the button sends, as {@link #field} or nothing
     */
    static Fragment form(String style, String label, String path, String sent) {
        String opening = "<form method=\"post\" action=\"%s\"><button class=\"%s\" type=\"submit\"%s>"
                .formatted(escape(path), style, sent);
        return element(opening, text(label), "</button></form>");
    }

    /** The attributes of a button that sends a field. */
    static String field(String name, String value) {
        return " name=\"%s\" value=\"%s\"".formatted(escape(name), escape(value));
    }

    /** Several fragments, one a line. */
    static Fragment lines(List<Fragment> fragments) {
        return texts -> fragments.stream().map(fragment -> fragment.in(texts)).collect(Collectors.joining("\n"));
    }

    /** Several fragments without a space between them. */
    static Fragment of(Fragment... fragments) {
        return texts -> Stream.of(fragments).map(fragment -> fragment.in(texts)).collect(Collectors.joining());
    }

    static String escape(String text) {
        return HtmlUtils.htmlEscape(text, "UTF-8");
    }
}
