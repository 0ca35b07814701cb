package io.gatehouse.gateway.relay;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * A claim as the value of a header: text as it is, numbers and booleans as text, the elements of a list with commas
 * between them, an object as JSON.
 *
 * <p>What is not printable ASCII is percent-encoded as UTF-8 (RFC 3986, section 2.1), and so is {@code %} itself: every
 * value is percent-decoded, and none can be taken for something else. Within the elements of a list so are commas and
 * quotation marks: a list is divided at its commas first and decoded then.
 */
final class ClaimValue {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final HexFormat HEX = HexFormat.of().withUpperCase();
    private static final String ESCAPED = "%";
    private static final String ESCAPED_IN_LIST = "%,\"";

    private ClaimValue() {}

    /** Empty if the claim says nothing: absent, null, blank, or a list of nothing else. */
    static Optional<String> of(@Nullable Object claim) {
        String value = claim instanceof Collection<?> elements ? list(elements) : encoded(text(claim), ESCAPED);
        return Optional.of(value).filter(Predicate.not(String::isEmpty));
    }

    private static String list(Collection<?> elements) {
        return elements.stream()
                .map(element -> encoded(text(element), ESCAPED_IN_LIST))
                .filter(Predicate.not(String::isEmpty))
                .collect(Collectors.joining(","));
    }

    private static String text(@Nullable Object claim) {
        return switch (claim) {
            case null -> "";
            case String text -> text.isBlank() ? "" : text;
            case Number number -> number.toString();
            case Boolean bool -> bool.toString();
            default -> JSON.writeValueAsString(claim);
        };
    }

    private static String encoded(String text, String escaped) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        StringBuilder encoded = new StringBuilder(bytes.length);
        for (int at = 0; at < bytes.length; at++) {
            boolean outside = at == 0 || at == bytes.length - 1;
            append(encoded, bytes[at], escaped, outside);
        }
        return encoded.toString();
    }

    /** Blanks at either end are no part of a header's value (RFC 9110, section 5.5). */
    private static void append(StringBuilder encoded, byte next, String escaped, boolean outside) {
        boolean plain = next > ' ' && next < 0x7F && escaped.indexOf(next) < 0;
        if (plain || (next == ' ' && !outside)) {
            encoded.append((char) next);
        } else {
            encoded.append('%').append(HEX.toHexDigits(next));
        }
    }
}
