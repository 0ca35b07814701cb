package io.gatehouse.gateway.bearer;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.http.HttpHeaders;

/**
 * What a request has in {@code Authorization}, read as RFC 9110, section 11.4, and RFC 6750, section 2.1, have it.
 *
 * <p>One field of the scheme {@code Bearer}, in any case, makes the request an API client's, whatever else there is:
 * somebody who sends a token does not want to be taken for whom the cookie names. To have a token in it, it has to be
 * the only field and consist of the scheme and the token alone. Other schemes, such as {@code Basic}, mean nothing
 * here. Tokens in the query or in a form (RFC 6750, sections 2.2 and 2.3) are not read: addresses are logged.
 *
 * @param fields one for each time the header is there
 */
record SentCredentials(List<String> fields) {

    private static final Pattern SCHEME = Pattern.compile("(?is)\\s*bearer(?![!#$%&'*+.^_`|~0-9A-Za-z-]).*");
    private static final Pattern TOKEN = Pattern.compile("(?i)bearer +([A-Za-z0-9._~+/-]+=*)");

    static SentCredentials of(HttpHeaders headers) {
        return new SentCredentials(headers.getOrEmpty(HttpHeaders.AUTHORIZATION));
    }

    boolean areBearer() {
        return fields.stream().anyMatch(field -> SCHEME.matcher(field).matches());
    }

    /** The token. Empty if it cannot be told which one it is. */
    Optional<String> token() {
        return fields.stream()
                .map(TOKEN::matcher)
                .filter(match -> fields.size() == 1 && match.matches())
                .map(match -> match.group(1))
                .findFirst();
    }

    /** Never what was sent. */
    @Override
    public String toString() {
        return "SentCredentials[fields=" + fields.size() + "]";
    }
}
