package io.gatehouse.gateway.session;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.session.Session;

/**
 * One request's view of a session as spring-session's {@link Session}: attributes that can be read and changed.
 * Identity and tokens are not among them.
 *
 * <p>Belongs to one request and is not thread-safe, as spring-session's own are not.
 */
final class AttributeSession implements Session {

    private final SecureRandom random;
    private final SessionProperties properties;
    private final Clock clock;
    private final @Nullable SessionMeta meta;
    private final Map<String, Object> attributes;
    private final Map<String, @Nullable Object> changes = new HashMap<>();
    private SessionId storedAs;
    private SessionId id;

    private AttributeSession(
            SessionId id,
            @Nullable SessionRecord session,
            SecureRandom random,
            SessionProperties properties,
            Clock clock) {
        this.random = random;
        this.properties = properties;
        this.clock = clock;
        this.meta = session == null ? null : session.meta();
        this.attributes = session == null
                ? new TreeMap<>()
                : new TreeMap<>(session.secrets().attributes());
        this.storedAs = id;
        this.id = id;
    }

    static AttributeSession anonymous(SecureRandom random, SessionProperties properties, Clock clock) {
        return new AttributeSession(SessionId.random(random), null, random, properties, clock);
    }

    static AttributeSession of(
            SessionId id, SessionRecord session, SecureRandom random, SessionProperties properties, Clock clock) {
        return new AttributeSession(id, session, random, properties, clock);
    }

    /** The record with this view's changes on top of what others have changed meanwhile. */
    SessionRecord applyTo(SessionRecord newest) {
        Map<String, Object> merged = new TreeMap<>(newest.secrets().attributes());
        changes.forEach((name, value) -> put(merged, name, value));
        return newest.with(merged);
    }

    private static void put(Map<String, Object> attributes, String name, @Nullable Object value) {
        if (value == null) {
            attributes.remove(name);
        } else {
            attributes.put(name, value);
        }
    }

    boolean isAnonymous() {
        return meta == null;
    }

    boolean isChanged() {
        return !changes.isEmpty() || isMoved();
    }

    boolean isMoved() {
        return !storedAs.equals(id);
    }

    SessionId storedAs() {
        return storedAs;
    }

    SessionId currentId() {
        return id;
    }

    void noteMoved() {
        storedAs = id;
    }

    @Override
    public String getId() {
        return id.value();
    }

    @Override
    public String changeSessionId() {
        id = SessionId.random(random);
        return id.value();
    }

    @Override
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    public <T> @Nullable T getAttribute(String name) {
        return (T) attributes.get(name);
    }

    @Override
    public Set<String> getAttributeNames() {
        return Set.copyOf(attributes.keySet());
    }

    @Override
    public void setAttribute(String name, @Nullable Object value) {
        changes.put(name, value == null ? null : JsonTypes.require(name, value));
        put(attributes, name, value);
    }

    @Override
    public void removeAttribute(String name) {
        setAttribute(name, null);
    }

    @Override
    public Instant getCreationTime() {
        return meta == null ? clock.instant() : meta.createdAt();
    }

    /** Does nothing: the gateway notes by itself when it has last seen a browser. */
    @Override
    public void setLastAccessedTime(Instant lastAccessedTime) {}

    @Override
    public Instant getLastAccessedTime() {
        return meta == null ? clock.instant() : meta.lastSeenAt();
    }

    /** Does nothing: how long sessions live is configuration. */
    @Override
    public void setMaxInactiveInterval(Duration interval) {}

    @Override
    public Duration getMaxInactiveInterval() {
        return properties.idleTimeout();
    }

    @Override
    public boolean isExpired() {
        return meta != null && properties.isOutlived(meta, clock);
    }
}
