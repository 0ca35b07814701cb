package io.gatehouse.gateway.session;

import io.gatehouse.gateway.problem.GatewayException;
import io.gatehouse.gateway.problem.ProblemType;
import io.gatehouse.gateway.redis.Tracking;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The sessions for which this replica has something going on, such as a request or a WebSocket, and their ends,
 * wherever they come from.
 *
 * <p>Most requests are over before anybody looks at their session; so to come and to go costs one operation on a map
 * each. Four times a second those sessions are looked at whose end is possible: the new ones, the ones that have
 * changed, and the ones that have outlived what is known of them. All others get their turn once a minute, in case that
 * something was not heard of.
 */
public final class LiveSessions implements Tracking.Listener {

    static final Duration PERIOD = Duration.ofMillis(250);
    private static final Duration SURE_FOR = Duration.ofMinutes(1);
    private static final int AT_ONCE = 64;

    private final Function<SessionId, Mono<SessionRecord>> find;
    private final Function<SessionId, String> key;
    private final SessionProperties properties;
    private final Clock clock;
    private final Map<SessionId, LiveSession> live = new ConcurrentHashMap<>();
    private final Map<String, LiveSession> followed = new ConcurrentHashMap<>();

    /**
     * @param find a session that is alive, as {@link NearCache#find}; it hears of changes before this does
     * @param key what changes of a session are told by
     */
    LiveSessions(
            Function<SessionId, Mono<SessionRecord>> find,
            Function<SessionId, String> key,
            SessionProperties properties,
            Clock clock) {
        this.find = find;
        this.key = key;
        this.properties = properties;
        this.clock = clock;
    }

    /**
     * Completes when the session has ended: soon after, whichever replica has ended it, and at its deadline. Waiting
     * keeps no session alive. A Redis that does not answer ends none; meanwhile the deadline that is known counts.
     * Never fails, and is to be cancelled by whoever is done.
     */
    public Mono<Void> untilEnd(BrowserSession session) {
        return Mono.using(() -> join(session), LiveSession::ended, joined -> leave(joined.id()));
    }

    /** The sessions for which there is something going on, each as it was when that began. */
    public List<BrowserSession> opened() {
        return live.values().stream().map(LiveSession::opened).toList();
    }

    /** For how many sessions there is something going on. */
    int size() {
        return live.size();
    }

    /** How many of them are old enough for their changes to be heard of. */
    int followed() {
        return followed.size();
    }

    @Override
    public void changed(String changedKey) {
        LiveSession heardOf = followed.get(changedKey);
        if (heardOf != null) {
            heardOf.change();
        }
    }

    @Override
    public void everythingChanged() {
        live.values().forEach(LiveSession::change);
    }

    /**
     * Looks at the sessions whose end is possible, some at a time. Stops early, and without failure, if Redis does not
     * answer: the others are looked at next time.
     */
    Mono<Void> review() {
        return Flux.concat(those(this::isOutlived), those(this::isUnsure))
                .flatMap(this::look, AT_ONCE)
                .onErrorComplete(GatewayException.class)
                .then();
    }

    private Flux<LiveSession> those(Predicate<LiveSession> which) {
        return Flux.fromIterable(live.values()).filter(which);
    }

    private boolean isOutlived(LiveSession session) {
        return properties.isOutlived(session.meta(), clock);
    }

    private boolean isUnsure(LiveSession session) {
        return session.isUnsure(clock.instant().minus(SURE_FOR));
    }

    private Mono<LiveSession> look(LiveSession session) {
        follow(session.id());
        int changes = session.changes();
        return find.apply(session.id())
                .map(SessionRecord::meta)
                .onErrorResume(GatewayException.class, failure -> lastKnown(session, failure))
                .map(found -> session.confirm(found, changes, clock.instant()))
                .switchIfEmpty(Mono.fromRunnable(session::end));
    }

    /** Empty if it has ended by all that is known. One that cannot be read here is there all the same. */
    private Mono<SessionMeta> lastKnown(LiveSession session, GatewayException failure) {
        if (isOutlived(session)) {
            return Mono.empty();
        }
        return failure.type() == ProblemType.SESSION_STORE_UNAVAILABLE
                ? Mono.error(failure)
                : Mono.just(session.meta());
    }

    private LiveSession join(BrowserSession session) {
        return live.compute(
                session.id(),
                (id, known) -> orNew(known, session).join(session.record().meta()));
    }

    private static LiveSession orNew(@Nullable LiveSession known, BrowserSession session) {
        return known == null ? new LiveSession(session) : known;
    }

    private void leave(SessionId id) {
        live.computeIfPresent(id, (same, left) -> left.leave() ? forget(left) : left);
    }

    private @Nullable LiveSession forget(LiveSession left) {
        String known = left.key();
        if (known != null) {
            followed.remove(known);
        }
        return null;
    }

    /** Comes before looking: what changed earlier is seen then, and what changes later is heard of. */
    private void follow(SessionId id) {
        live.computeIfPresent(id, (same, session) -> session.key() == null ? follow(session) : session);
    }

    private LiveSession follow(LiveSession session) {
        String derived = key.apply(session.id());
        session.know(derived);
        followed.put(derived, session);
        return session;
    }
}
