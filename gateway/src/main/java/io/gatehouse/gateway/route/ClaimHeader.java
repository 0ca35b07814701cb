package io.gatehouse.gateway.route;

import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A claim of the ID token and the header in which an upstream gets it. Written {@code claim=Header}, or {@code claim}
 * alone for {@code X-Auth-Claim}; {@code sub} alone is {@code X-Auth-Subject}.
 *
 * @param header in the spelling in which it is sent
 */
public record ClaimHeader(String claim, String header) {

    private static final Pattern CLAIM = Pattern.compile("[^\\s=,]{1,200}");
    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9]+");
    private static final Pattern HEADER = Pattern.compile("[A-Za-z0-9-]{1,100}");

    public ClaimHeader {
        if (!CLAIM.matcher(claim).matches() || !HEADER.matcher(header).matches()) {
            throw new IllegalArgumentException("must be a claim, or a claim and a header such as email=X-Auth-Email");
        }
        if (!HeaderNames.isFree(header)) {
            throw new IllegalArgumentException("cannot be sent as " + header
                    + ", which has a meaning of its own in HTTP or for a gateway; choose a name such as X-Auth-Email");
        }
    }

    /** Reads the written form. */
    public static ClaimHeader of(String text) {
        String[] parts = text.split("=", 2);
        return new ClaimHeader(parts[0], parts.length == 2 ? parts[1] : usual(parts[0]));
    }

    private static String usual(String claim) {
        return claim.equals("sub") ? "X-Auth-Subject" : "X-Auth" + words(claim);
    }

    private static String words(String claim) {
        return WORD.matcher(claim)
                .results()
                .map(word -> "-" + capitalized(word.group()))
                .collect(Collectors.joining());
    }

    private static String capitalized(String word) {
        return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
    }
}
