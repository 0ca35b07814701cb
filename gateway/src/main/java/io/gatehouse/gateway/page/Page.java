package io.gatehouse.gateway.page;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One of the gateway's own pages: a heading, a few sentences, something to do. What it says are keys of the bundles, so
 * that it can be read in every language they come in; values are escaped, so that a page can be made from any.
 */
public final class Page {

    private final String title;
    private final List<Fragment> body = new ArrayList<>();
    private final List<Fragment> entries = new ArrayList<>();
    private final List<Fragment> actions = new ArrayList<>();
    private Fragment reference = Fragment.NONE;
    private boolean aboutProblem;
    private String formTarget = "";
    private String scripts = "";
    private String next = "";
    private Duration reload = Duration.ZERO;

    private Page(String title) {
        this.title = title;
    }

    /** An empty page with a heading. */
    public static Page titled(String key) {
        return new Page(key);
    }

    /** Adds a paragraph. */
    public Page text(String key, Object... values) {
        body.add(Fragment.element("<p>", Fragment.text(key, values), "</p>"));
        return this;
    }

    /** Adds a row to the list of this page. */
    public Page entry(Entry entry) {
        entries.add(entry.fragment());
        return this;
    }

    /** Adds a link that looks like a button. */
    public Page link(String label, String href, Object... values) {
        actions.add(Fragment.link(style(), Fragment.text(label, values), href));
        return this;
    }

    /** Adds a link that leaves this page open. */
    public Page linkToNewTab(String label, String href) {
        actions.add(Fragment.linkToNewTab(style(), Fragment.text(label), href));
        return this;
    }

    /**
     * Adds a button that sends an empty form.
     *
     * @param leadsTo where the answer redirects to, and where that may lead; browsers hold a form's redirects against
     *     the content security policy as well
     */
    public Page button(String label, String path, URI... leadsTo) {
        formTarget = Stream.of(leadsTo).map(uri -> " " + uri.resolve("/")).collect(Collectors.joining());
        actions.add(Fragment.form(style(), label, path, ""));
        return this;
    }

    /** Adds a button that sends one field, to an endpoint whose answer leads back to a page of ours. */
    public Page button(String label, String path, String field, String value) {
        actions.add(Fragment.form(style(), label, path, Fragment.field(field, value)));
        return this;
    }

    /** Adds a script of ours. It runs when the page is there. */
    public Page script(String path) {
        body.add(texts -> "<script src=\"" + Fragment.escape(path) + "\" defer></script>");
        scripts = "; script-src 'self'";
        return this;
    }

    /** Loads another address of ours after a while, without script. */
    public Page goOnAfter(Duration delay, String path) {
        reload = delay;
        next = ";url=" + path;
        return this;
    }

    /** Adds a form. */
    public Page form(Form form) {
        formTarget = form.target().isEmpty() ? formTarget : form.target();
        actions.add(form.fragment(style()));
        return this;
    }

    /** What a person can read out to an operator. */
    Page reference(String slug, String correlationId) {
        Fragment text = Fragment.text("reference", slug, correlationId);
        aboutProblem = true;
        reference = Fragment.element("<p class=\"reference\">", text, "</p>");
        return this;
    }

    /** Lets the page load itself again, without script. */
    Page reloadAfter(Duration delay) {
        reload = delay;
        return this;
    }

    /** What this page needs besides what every page may do, to be added to the content security policy. */
    String needs() {
        return formTarget + scripts;
    }

    String title(Texts texts) {
        return Fragment.text(title).in(texts);
    }

    /** What the header {@code Refresh} says: after how long something is loaded, and what. Empty: nothing ever. */
    String refresh() {
        return reload.isZero() ? "" : reload.toSeconds() + next;
    }

    /** Whether there is something to ask about. */
    boolean isAboutProblem() {
        return aboutProblem;
    }

    String body(Texts texts) {
        Fragment sentences = Fragment.element("", Fragment.lines(body), "\n");
        Fragment list = around("<ul class=\"entries\" role=\"list\">\n", entries, "\n</ul>\n");
        Fragment row = around("<div class=\"actions\">", actions, "</div>");
        return Fragment.of(sentences, list, row, reference).in(texts);
    }

    private static Fragment around(String opening, List<Fragment> content, String closing) {
        return content.isEmpty() ? Fragment.NONE : Fragment.element(opening, Fragment.lines(content), closing);
    }

    private String style() {
        return actions.isEmpty() ? "action first" : "action";
    }
}
