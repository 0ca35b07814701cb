package io.gatehouse.emulator;

import io.gatehouse.emulator.http.Parameters;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A browser: keeps cookies for all ports of localhost, follows redirects, runs the one script that submits a form. */
final class Browser {

    private static final Pattern SELF_SUBMITTING = Pattern.compile("document\\.forms\\[0\\]\\.submit\\(\\)");
    private static final Pattern ACTION = Pattern.compile("<form method=\"post\" action=\"([^\"]*)\"");
    private static final Pattern HIDDEN = Pattern.compile("type=\"hidden\" name=\"([^\"]*)\" value=\"([^\"]*)\"");

    /** Set-Cookie attributes by name and path. */
    private final Map<String, Cookie> cookies = new LinkedHashMap<>();

    record Cookie(String name, String value, String path, String attributes) {}

    /** Goes there and wherever it leads, up to a page for people or to the application. */
    Page open(Object url) {
        return follow(send("GET", url.toString(), ""));
    }

    /** One request, no redirect followed. */
    Page step(Object url) {
        return send("GET", url.toString(), "");
    }

    /** Fills in the page's form and goes where it leads. */
    Page submit(Page page, Map<String, String> fields) {
        return follow(submitOnly(page, fields));
    }

    Page submitOnly(Page page, Map<String, String> fields) {
        var all = new LinkedHashMap<String, String>();
        Matcher hidden = HIDDEN.matcher(page.answer().body());
        while (hidden.find()) {
            all.put(unescape(hidden.group(1)), unescape(hidden.group(2)));
        }
        all.putAll(fields);
        return send("POST", action(page), Parameters.encode(all));
    }

    /** Alice, with her password. */
    Page signIn(Object url) {
        return signIn(url, "alice", "Wonderland-42!");
    }

    Page signIn(Object url, String identifier, String password) {
        return submit(open(url), Map.of("identifier", identifier, "password", password));
    }

    Cookie cookie(String name) {
        return cookies.values().stream()
                .filter(it -> it.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no cookie " + name));
    }

    boolean hasCookie(String name) {
        return cookies.values().stream().anyMatch(it -> it.name().equals(name));
    }

    void forget(String name) {
        cookies.values().removeIf(it -> it.name().equals(name));
    }

    Page follow(Page page) {
        Page current = page;
        for (int i = 0; i < 20; i++) {
            if (current.isAtApplication()) {
                return current;
            }
            String location = current.answer().header("location");
            if (!location.isEmpty()) {
                current = send("GET", current.uri().resolve(location).toString(), "");
            } else if (SELF_SUBMITTING.matcher(current.answer().body()).find() && !leavesForApplication(current)) {
                current = submitOnly(current, Map.of());
            } else {
                return current;
            }
        }
        throw new AssertionError("redirect loop at " + current.uri());
    }

    private boolean leavesForApplication(Page page) {
        return action(page).startsWith(App.HOME);
    }

    private static String action(Page page) {
        Matcher action = ACTION.matcher(page.answer().body());
        if (!action.find()) {
            throw new AssertionError(
                    "no form on " + page.uri() + ": " + page.answer().body());
        }
        return page.uri().resolve(unescape(action.group(1))).toString();
    }

    /** Requests to the application are not sent: arriving there is all that counts. */
    private Page send(String method, String url, String form) {
        URI uri = URI.create(url);
        if (url.startsWith(App.HOME)) {
            return new Page(uri, new Answer(uri, 0, HttpHeaders.of(Map.of(), (_, _) -> true), ""));
        }
        var request = HttpRequest.newBuilder(uri)
                .header("cookie", cookieHeader(uri.getPath()))
                .header("user-agent", "test-browser")
                .header("content-type", "application/x-www-form-urlencoded")
                .method(method, HttpRequest.BodyPublishers.ofString(form));
        Answer answer = Answer.to(request);
        answer.headers().allValues("set-cookie").forEach(this::keep);
        return new Page(uri, answer);
    }

    private String cookieHeader(String path) {
        return cookies.values().stream()
                .filter(it -> path.startsWith(it.path()))
                .map(it -> it.name() + "=" + it.value())
                .collect(Collectors.joining("; "));
    }

    private void keep(String header) {
        String[] parts = header.split("; ", 2);
        String[] pair = parts[0].split("=", 2);
        String path = parts[1].replaceAll(".*path=([^;]*).*", "$1");
        var cookie = new Cookie(pair[0], pair[1], path, parts[1]);
        if (parts[1].contains("expires=Thu, 01 Jan 1970")) {
            cookies.remove(pair[0] + path);
        } else {
            cookies.put(pair[0] + path, cookie);
        }
    }

    private static String unescape(String html) {
        return html.replace("&quot;", "\"")
                .replace("&#39;", "'")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&amp;", "&");
    }

    /** Where the browser is, and what it sees. */
    record Page(URI uri, Answer answer) {

        boolean isAtApplication() {
            return uri.toString().startsWith(App.HOME);
        }

        String query(String name) {
            String query = uri.getRawQuery();
            return Parameters.parse(query == null ? "" : query).first(name).orElse("");
        }

        String location() {
            return answer.header("location");
        }

        /** A parameter of the redirect's target. */
        String locationParameter(String name) {
            return new Page(URI.create(location().replace('#', '?')), answer).query(name);
        }

        String alert() {
            Matcher alert = Pattern.compile("role=\"alert\">([^<]*)<").matcher(answer.body());
            return alert.find() ? alert.group(1) : "";
        }
    }
}
