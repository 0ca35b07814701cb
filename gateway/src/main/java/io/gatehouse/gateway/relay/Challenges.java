package io.gatehouse.gateway.relay;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What an upstream asks for in {@code WWW-Authenticate} (RFC 9110, section 11.6.1). */
final class Challenges {

    /** A parameter and its value, or a word: a scheme. */
    private static final Pattern PART =
            Pattern.compile("([^\\s=,\"]++)\\s*+=\\s*+(?:\"([^\"]*+)\"?|([^\\s,\"]*+))|([^\\s=,\"]++)");

    private Challenges() {}

    /** Whether one of them says that the bearer token is not good (RFC 6750, section 3.1). */
    static boolean refuseToken(List<String> fields) {
        return fields.stream().anyMatch(Challenges::refuseToken);
    }

    private static boolean refuseToken(String field) {
        String scheme = "";
        for (MatchResult part : PART.matcher(field).results().toList()) {
            String word = part.group(4);
            if (word != null) {
                scheme = word;
            } else if (scheme.equalsIgnoreCase("Bearer")
                    && part.group(1).equalsIgnoreCase("error")
                    && isInvalidToken(part.group(2), part.group(3))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isInvalidToken(@Nullable String quoted, @Nullable String plain) {
        return "invalid_token".equals(quoted) || "invalid_token".equals(plain);
    }
}
