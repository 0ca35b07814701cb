package io.gatehouse.gateway.session;

import java.time.Instant;
import java.util.Map;

/**
 * A session as one revision of its record in Redis. Immutable: a change makes the next revision, or fails because
 * somebody else has made it already.
 *
 * @param revision counts the changes; a touch is none
 * @param renewal tokens issued before are to be renewed before they are used, because what the person may do has
 *     changed
 */
public record SessionRecord(long revision, Instant renewal, SessionMeta meta, SessionSecrets secrets) {

    private static final int WEIGHT_OF_OBJECTS = 1_000;

    static SessionRecord begun(Instant now, String browser, Identity identity, SessionTokens tokens) {
        return new SessionRecord(
                1, Instant.EPOCH, SessionMeta.begun(now, browser), SessionSecrets.of(identity, tokens));
    }

    public Identity identity() {
        return secrets.identity();
    }

    public SessionTokens tokens() {
        return secrets.tokens();
    }

    /** Roughly how many bytes of memory it takes. */
    int weight() {
        return WEIGHT_OF_OBJECTS + secrets.weight();
    }

    /** The next revision, with other tokens. */
    public SessionRecord with(SessionTokens tokens) {
        return with(identity(), tokens);
    }

    /** The next revision, with other tokens and what the IdP says now about the same person. */
    public SessionRecord with(Identity who, SessionTokens tokens) {
        return new SessionRecord(revision + 1, renewal, meta, secrets.with(who, tokens));
    }

    /** The next revision, in which the person acts for an organization. */
    public SessionRecord in(String organization) {
        return new SessionRecord(revision + 1, renewal, meta, secrets.in(organization));
    }

    /** When the IdP was asked for what the identity says. */
    public Instant identityAsOf() {
        Instant asOf = identity().asOf();
        return asOf == null ? meta.createdAt() : asOf;
    }

    /** The next revision, with other attributes. */
    SessionRecord with(Map<String, Object> attributes) {
        return new SessionRecord(revision + 1, renewal, meta, secrets.with(attributes));
    }

    /** The same revision, seen again. */
    SessionRecord seenAt(Instant now) {
        return new SessionRecord(revision, renewal, meta.seenAt(now), secrets);
    }
}
