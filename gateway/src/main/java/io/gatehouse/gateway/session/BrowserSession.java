package io.gatehouse.gateway.session;

import java.util.List;
import java.util.Optional;

/**
 * The session of the browser that sent a request.
 *
 * @param id from the cookie
 * @param record as it was when the request came in, or as this request has changed it
 */
public record BrowserSession(SessionId id, SessionRecord record) {

    public Identity identity() {
        return record.identity();
    }

    public SessionTokens tokens() {
        return record.tokens();
    }

    /** The id of the organization the person acts for: the one they have chosen, or the only one they have. */
    public Optional<String> currentOrganization() {
        List<String> theirs = identity().texts("organizations");
        return Optional.ofNullable(record.secrets().organization())
                .or(() -> theirs.size() == 1 ? Optional.of(theirs.getFirst()) : Optional.empty());
    }

    /** Names the session in lists and to {@link SessionEnds}, without giving access to it. */
    public String handle() {
        return id.lookup();
    }

    BrowserSession with(SessionRecord changed) {
        return new BrowserSession(id, changed);
    }
}
