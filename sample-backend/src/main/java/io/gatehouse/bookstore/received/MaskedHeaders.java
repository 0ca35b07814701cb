package io.gatehouse.bookstore.received;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.springframework.http.HttpHeaders;

/** Request headers in a form that may be shown: every header that arrived, but no credential. */
public final class MaskedHeaders {

    /** The compact form of a JWT, signed or encrypted, wherever it stands in a value. */
    private static final Pattern JWT = Pattern.compile("eyJ[\\w-]+(?:\\.[\\w-]*){2,4}");

    private MaskedHeaders() {}

    /**
     * The headers by their names in lower case. Of the credentials only the kind is told, of the cookies only the
     * names, and a JWT in any other header is told to be one.
     */
    public static Map<String, List<String>> of(HttpHeaders headers) {
        Map<String, List<String>> masked = new TreeMap<>();
        headers.forEach((name, values) -> masked.put(name.toLowerCase(Locale.ROOT), masked(name, values)));
        return masked;
    }

    /** The names of the cookies in these {@code Cookie} headers, in order. */
    static List<String> cookieNames(List<String> headers) {
        return headers.stream()
                .flatMap(value -> Arrays.stream(value.split(";", -1)))
                .map(String::strip)
                .filter(cookie -> !cookie.isEmpty())
                .map(MaskedHeaders::cookieName)
                .toList();
    }

    /** Hides every JWT in the text. */
    public static String text(String text) {
        return JWT.matcher(text).replaceAll("(JWT)");
    }

    private static List<String> masked(String name, List<String> values) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "authorization", "proxy-authorization" ->
                values.stream().map(MaskedHeaders::credentials).toList();
            case "cookie" -> cookieNames(values);
            default -> values.stream().map(MaskedHeaders::text).toList();
        };
    }

    private static String credentials(String value) {
        String scheme = value.strip().split("\\s", 2)[0];
        if (!scheme.equalsIgnoreCase("Bearer")) {
            return value.contains(" ") ? scheme + " (hidden)" : "(hidden)";
        }
        return JWT.matcher(value.substring(scheme.length()).strip()).matches()
                ? "Bearer (JWT, see claims)"
                : "Bearer (not a JWT)";
    }

    private static String cookieName(String cookie) {
        int end = cookie.indexOf('=');
        return end < 0 ? "(nameless)" : cookie.substring(0, end).strip();
    }
}
