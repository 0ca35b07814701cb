package io.gatehouse.gateway.page;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** A form of a page, with one button. */
public final class Form {

    private final String method;
    private final String path;
    private final Fragment label;
    private final List<Fragment> fields = new ArrayList<>();
    private String target = "";

    private Form(String method, String path, Fragment label) {
        this.method = method;
        this.path = path;
        this.label = label;
    }

    /** A form that only leads somewhere. */
    public static Form get(String label, String path, Object... values) {
        return new Form("get", path, Fragment.text(label, values));
    }

    /** A form that changes something. */
    public static Form post(String label, String path, Object... values) {
        return new Form("post", path, Fragment.text(label, values));
    }

    /** Adds a field nobody sees. */
    public Form hidden(String name, String value) {
        String field = "<input type=\"hidden\" name=\"%s\" value=\"%s\">"
                .formatted(multiline(Fragment.escape(name)), multiline(Fragment.escape(value)));
        fields.add(texts -> field);
        return this;
    }

    /** Adds a field for an e-mail address. */
    public Form email(String name, String label) {
        String field =
                "</span><input type=\"email\" name=\"%s\" required autocomplete=\"username\" maxlength=\"254\"></label>"
                        .formatted(Fragment.escape(name));
        fields.add(Fragment.element("<label class=\"field\"><span>", Fragment.text(label), field));
        return this;
    }

    /**
     * Says where the answer redirects to: browsers hold a form's redirects against the content security policy of its
     * page as well.
     */
    public Form leadsTo(URI elsewhere) {
        target = " " + elsewhere.resolve("/");
        return this;
    }

    String target() {
        return target;
    }

    Fragment fragment(String style) {
        String opening = "<form method=\"%s\" action=\"%s\" accept-charset=\"utf-8\">\n"
                .formatted(method, Fragment.escape(path));
        Fragment button = Fragment.element("\n<button class=\"" + style + "\" type=\"submit\">", label, "</button>");
        return Fragment.of(Fragment.element(opening, Fragment.lines(fields), ""), button, texts -> "</form>");
    }

    /** A parser keeps line ends of an attribute only if they are escaped. */
    private static String multiline(String escaped) {
        return escaped.replace("\r", "&#13;").replace("\n", "&#10;");
    }
}
