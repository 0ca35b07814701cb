package io.gatehouse.gateway.page;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.springframework.web.util.HtmlUtils;

/**
 * One of the gateway's own pages: a heading, a few sentences, something to do. Every text is escaped here, so that a
 * page can be made from any value.
 */
public final class Page {

    private final String title;
    private final List<String> body = new ArrayList<>();
    private final List<String> actions = new ArrayList<>();
    private String reference = "";
    private String formTarget = "";
    private Duration reload = Duration.ZERO;

    private Page(String title) {
        this.title = title;
    }

    /** An empty page with a heading. */
    public static Page titled(String title) {
        return new Page(HtmlUtils.htmlEscape(title));
    }

    /** Adds a paragraph. */
    public Page text(String sentence) {
        body.add("<p>" + HtmlUtils.htmlEscape(sentence) + "</p>");
        return this;
    }

    /** Adds a link that looks like a button. It leaves a frame, because the IdP's pages refuse to be framed. */
    public Page link(String label, String href) {
        actions.add("<a class=\"%s\" target=\"_top\" href=\"%s\">%s</a>"
                .formatted(style(), HtmlUtils.htmlEscape(href), HtmlUtils.htmlEscape(label)));
        return this;
    }

    /**
     * Adds a button that sends an empty form.
     *
     * @param leadsTo where the answer redirects to; browsers hold a form's redirects against the content security
     *     policy as well
     */
    public Page button(String label, String path, URI leadsTo) {
        formTarget = " " + leadsTo.resolve("/");
        actions.add("<form method=\"post\" action=\"%s\"><button class=\"%s\" type=\"submit\">%s</button></form>"
                .formatted(HtmlUtils.htmlEscape(path), style(), HtmlUtils.htmlEscape(label)));
        return this;
    }

    /** What a person can read out to an operator. */
    Page reference(String text) {
        reference = "<p class=\"reference\">" + HtmlUtils.htmlEscape(text) + "</p>";
        return this;
    }

    /** Lets the page load itself again, without script. */
    Page reloadAfter(Duration delay) {
        reload = delay;
        return this;
    }

    String formTarget() {
        return formTarget;
    }

    String title() {
        return title;
    }

    String refresh() {
        return reload.isZero() ? "" : "<meta http-equiv=\"refresh\" content=\"" + reload.toSeconds() + "\">\n";
    }

    String body() {
        String row = actions.isEmpty() ? "" : "<div class=\"actions\">" + String.join("\n", actions) + "</div>";
        return String.join("\n", body) + "\n" + row + reference;
    }

    private String style() {
        return actions.isEmpty() ? "action first" : "action";
    }
}
