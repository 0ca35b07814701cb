package io.gatehouse.gateway.edge;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.http.HttpHeaders;

/**
 * The {@code Cookie} lines of a request, taken to the letter. Lenient parsers skip what stands before a name, so that a
 * sibling sub-domain can plant {@code ,__Host-gatehouse} where the browser would not let it plant
 * {@code __Host-gatehouse}.
 */
public final class CookieHeader {

    private static final Pattern NO_TOKEN_AT_START = Pattern.compile("^[^A-Za-z0-9!#$%&'*+.^_`|~-]+");

    private CookieHeader() {}

    /**
     * The value of a name. Empty if it is absent, or there twice with different values: then one of them is not ours.
     */
    public static Optional<String> value(HttpHeaders headers, String name) {
        List<String> values = pairs(headers)
                .filter(pair -> name(pair).equals(name))
                .map(CookieHeader::value)
                .distinct()
                .toList();
        return values.size() == 1 ? Optional.of(values.getFirst()) : Optional.empty();
    }

    /** The pairs of one line, as they were written. */
    public static Stream<String> pairs(String line) {
        return Arrays.stream(line.split(";", -1)).map(CookieHeader::trim);
    }

    /** The name of a pair as the most lenient parser would read it. */
    public static String lenientName(String pair) {
        return NO_TOKEN_AT_START.matcher(name(pair)).replaceFirst("").strip();
    }

    private static Stream<String> pairs(HttpHeaders headers) {
        return headers.getOrEmpty(HttpHeaders.COOKIE).stream().flatMap(CookieHeader::pairs);
    }

    private static String name(String pair) {
        int equals = pair.indexOf('=');
        return equals < 0 ? "" : pair.substring(0, equals);
    }

    private static String value(String pair) {
        return pair.substring(pair.indexOf('=') + 1);
    }

    /** Spaces and tabs only (RFC 6265, section 5.4): whatever else is there belongs to the name or the value. */
    private static String trim(String pair) {
        int start = 0;
        int end = pair.length();
        while (start < end && isBlank(pair.charAt(start))) {
            start++;
        }
        while (end > start && isBlank(pair.charAt(end - 1))) {
            end--;
        }
        return pair.substring(start, end);
    }

    private static boolean isBlank(char character) {
        return character == ' ' || character == '\t';
    }
}
