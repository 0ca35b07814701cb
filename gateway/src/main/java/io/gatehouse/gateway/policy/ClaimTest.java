package io.gatehouse.gateway.policy;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * What a claim has to be. Written {@code department equals engineering}, {@code groups contains staff} or {@code title
 * matches (senior|lead) .*}. The name may be a path with dots, such as {@code custom_data.tier}.
 */
public sealed interface ClaimTest {

    /** The claim is this text, or a number or truth value that is written so. */
    record Equals(String name, String value) implements ClaimTest {

        @Override
        public boolean holdsFor(Object claim) {
            return value.equals(text(claim).orElse(null));
        }

        @Override
        public String toString() {
            return name + " equals " + value;
        }
    }

    /** The claim is a list, and one element is this text. A text never contains another: "admin" is in "not-admin". */
    record Contains(String name, String value) implements ClaimTest {

        @Override
        public boolean holdsFor(Object claim) {
            return Facts.elements(claim).stream()
                    .anyMatch(element -> value.equals(text(element).orElse(null)));
        }

        @Override
        public String toString() {
            return name + " contains " + value;
        }
    }

    /** All of the claim, or of one element if it is a list, fits a regular expression. */
    record Matches(String name, Pattern pattern) implements ClaimTest {

        @Override
        public boolean holdsFor(Object claim) {
            return claim instanceof Collection<?> list ? list.stream().anyMatch(this::fits) : fits(claim);
        }

        private boolean fits(Object value) {
            return text(value)
                    .filter(text -> text.length() <= LONGEST)
                    .filter(text -> pattern.matcher(text).matches())
                    .isPresent();
        }

        @Override
        public String toString() {
            return name + " matches " + pattern;
        }
    }

    /** A longer text is not compared with expressions, which may take very long for it. */
    int LONGEST = 1000;

    String name();

    /** Whether a value that is there is what it has to be. */
    boolean holdsFor(Object claim);

    /** Whether there is such a claim, and it is what it has to be. */
    default boolean passes(Map<String, Object> claims) {
        return Facts.find(claims, name()).filter(this::holdsFor).isPresent();
    }

    /** Reads the written form. */
    static ClaimTest of(String written) {
        Matcher parts = Pattern.compile("(\\S+)\\s+(equals|contains|matches)\\s+(.+)", Pattern.DOTALL)
                .matcher(written);
        if (!parts.matches()) {
            throw new IllegalArgumentException(
                    "must be claim:<name> equals|contains|matches <value>, such as claim:department equals sales");
        }
        String name = parts.group(1);
        String value = parts.group(3);
        return switch (parts.group(2)) {
            case "equals" -> new Equals(name, value);
            case "contains" -> new Contains(name, value);
            default -> new Matches(name, pattern(value));
        };
    }

    private static Pattern pattern(String value) {
        try {
            return Pattern.compile(value);
        } catch (PatternSyntaxException malformed) {
            throw new IllegalArgumentException("has an expression that cannot be read", malformed);
        }
    }

    private static Optional<String> text(Object value) {
        return value instanceof String || value instanceof Number || value instanceof Boolean
                ? Optional.of(value.toString())
                : Optional.empty();
    }
}
