package io.gatehouse.gateway.edge;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.springframework.web.util.UriUtils;

/**
 * Tells request targets that two programs could read differently. A path is judged here and opened by the upstream;
 * where the two may disagree about what it names, a rule for one path would let another one through.
 *
 * <p>Ambiguous are: empty segments; segments of dots, also with blanks behind them; slashes, backslashes and NUL where
 * they do not belong; a semicolon, which some servers take as the start of parameters and cut off; overlong UTF-8. All
 * of it also percent-encoded, however often. What is not ASCII has to be encoded, because programs differ in how they
 * encode it.
 */
public final class AmbiguousTarget {

    private static final int MAX_ENCODINGS = 5;

    private static final Pattern AMBIGUOUS = Pattern.compile("//|[\\\\;\\x00]|/\\.{1,2}[ \\t]*(/|$)");
    private static final Pattern NOT_ASCII = Pattern.compile("[^\\x21-\\x7E]");
    private static final Pattern OVERLONG = Pattern.compile("%c[01]%[89ab]", Pattern.CASE_INSENSITIVE);
    private static final Pattern ENCODED_SLASH = Pattern.compile("%2f", Pattern.CASE_INSENSITIVE);

    private AmbiguousTarget() {}

    /** Whether a raw path, as it stands in the request line, is one of these. */
    public static boolean isPath(String raw) {
        return !raw.startsWith("/") || isQuery(raw) || isAmbiguousAtAnyLevel(raw);
    }

    private static boolean isAmbiguousAtAnyLevel(String raw) {
        String level = raw;
        for (int encodings = 0; encodings < MAX_ENCODINGS; encodings++) {
            if (isAmbiguous(level)) {
                return true;
            }
            String decoded = decoded(level);
            if (decoded.equals(level)) {
                return false;
            }
            level = decoded;
        }
        return true;
    }

    private static boolean isAmbiguous(String level) {
        return AMBIGUOUS.matcher(level).find()
                || ENCODED_SLASH.matcher(level).find()
                || OVERLONG.matcher(level).find();
    }

    /** Whether a raw query is one of these. It may contain anything that is encoded. */
    static boolean isQuery(String raw) {
        return NOT_ASCII.matcher(raw).find();
    }

    /** A percent sign that encodes nothing is left as it is. */
    private static String decoded(String level) {
        try {
            return UriUtils.decode(level, StandardCharsets.ISO_8859_1);
        } catch (IllegalArgumentException malformed) {
            return level;
        }
    }
}
