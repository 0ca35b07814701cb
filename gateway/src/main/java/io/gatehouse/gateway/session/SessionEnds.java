package io.gatehouse.gateway.session;

import io.gatehouse.gateway.redis.RedisConnections;
import io.lettuce.core.ScanArgs;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import reactor.core.Exceptions;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Ends sessions from outside, without the id that only the browser has: those of a person, of a session at the IdP, or
 * all. What has ended is ended for every replica at once. Their refresh tokens cannot be revoked from here, because
 * only the id opens them.
 */
public final class SessionEnds {

    private static final int AT_ONCE = 64;
    private static final int SCANNED_AT_ONCE = 1_000;
    private static final Duration STORED_BY_THEN = Duration.ofMinutes(1);

    private final RedisConnections redis;
    private final RedisSessionStore store;
    private final SessionIndex index;
    private final IndexNames names;
    private final SessionProperties properties;
    private final String prefix;
    private final Clock clock;

    SessionEnds(
            RedisConnections redis,
            RedisSessionStore store,
            SessionIndex index,
            SessionProperties properties,
            String namespace,
            Clock clock) {
        this.redis = redis;
        this.store = store;
        this.index = index;
        this.names = new IndexNames(properties.keys());
        this.properties = properties;
        this.prefix = RedisSessionStore.prefix(namespace);
        this.clock = clock;
    }

    /**
     * Ends every session of a person, also one that is about to begin with what the IdP issued before.
     *
     * @return how many there were
     */
    public Mono<Long> endUser(String issuer, String subject) {
        return end(names.ofUser(issuer, subject));
    }

    /**
     * Ends every session that came from one session at the IdP, also one that is about to begin with what the IdP
     * issued before.
     *
     * @return how many there were
     */
    public Mono<Long> endProviderSession(String issuer, String sid) {
        return end(names.ofProviderSession(issuer, sid));
    }

    /**
     * The same for the sessions of one person only. Whoever names a session at the IdP and somebody it does not belong
     * to ends nothing.
     *
     * @return how many there were
     */
    public Mono<Long> endProviderSession(String issuer, String sid, String subject) {
        return end(
                names.ofProviderSession(issuer, sid, subject).getFirst(),
                entriesOfBoth(issuer, sid, subject).flatMap(this::end, AT_ONCE));
    }

    private Flux<SessionIndex.Entry> entriesOfBoth(String issuer, String sid, String subject) {
        return index.entries(names.ofUser(issuer, subject))
                .map(SessionIndex.Entry::handle)
                .collect(Collectors.toSet())
                .flatMapMany(handles -> index.entries(names.ofProviderSession(issuer, sid))
                        .filter(entry -> handles.contains(entry.handle())));
    }

    /** Ends one session. True if there was one. */
    public Mono<Boolean> end(String handle) {
        return store.end(handle);
    }

    /**
     * Ends every session there is, also one that is about to begin with what the IdP issued before.
     *
     * @return how many there were
     */
    public Mono<Long> endAll() {
        return end(IndexNames.ALL, all().flatMap(store::end, AT_ONCE));
    }

    /** The sessions of a person, oldest first. */
    public Flux<ListedSession> ofUser(String issuer, String subject) {
        return index.entries(names.ofUser(issuer, subject)).concatMap(this::listed);
    }

    private Mono<ListedSession> listed(SessionIndex.Entry entry) {
        return store.meta(entry.handle())
                .map(meta -> new ListedSession(entry.handle(), meta, properties.endOf(meta)))
                .switchIfEmpty(Mono.defer(() -> forget(entry).then(Mono.empty())));
    }

    private Mono<Long> end(List<String> namesOfOne) {
        return end(namesOfOne.getFirst(), index.entries(namesOfOne).flatMap(this::end, AT_ONCE));
    }

    /**
     * The mark comes first: a session that begins now reads it after it has entered itself into the index. If Redis has
     * no room for it, the sessions that are there end all the same before this fails.
     */
    private Mono<Long> end(String name, Flux<Boolean> ends) {
        Mono<Boolean> mark =
                index.markEnded(name, clock.instant(), properties.lifetime()).thenReturn(false);
        return Flux.concatDelayError(mark, ends)
                .as(SessionEnds::count)
                .onErrorMap(
                        Exceptions::isMultiple,
                        several -> Exceptions.unwrapMultiple(several).getFirst());
    }

    /**
     * Has the tokens of a person renewed before they are used again, because what that person may do has changed.
     *
     * @return how many sessions that concerns
     */
    public Mono<Long> renewUser(String issuer, String subject) {
        return count(index.entries(names.ofUser(issuer, subject))
                .flatMap(entry -> store.renew(entry.handle(), clock.instant()), AT_ONCE));
    }

    /**
     * Has all tokens renewed before they are used again, because what many may do has changed.
     *
     * @return how many sessions that concerns
     */
    public Mono<Long> renewAll() {
        return count(all().flatMap(handle -> store.renew(handle, clock.instant()), AT_ONCE));
    }

    private Flux<String> all() {
        ScanArgs ours = ScanArgs.Builder.matches(prefix + "*").limit(SCANNED_AT_ONCE);
        return redis.scan(ours).map(key -> key.substring(prefix.length()));
    }

    private static Mono<Long> count(Flux<Boolean> outcomes) {
        return outcomes.filter(Boolean::booleanValue).count();
    }

    private Mono<Boolean> end(SessionIndex.Entry entry) {
        return store.end(entry.handle()).flatMap(ended -> ended ? Mono.just(true) : forget(entry));
    }

    /**
     * An entry without session is what an idle timeout leaves behind. A young one may be that of a session which is
     * just being stored.
     */
    private Mono<Boolean> forget(SessionIndex.Entry entry) {
        Instant begun = entry.lifetimeEnd().minus(properties.lifetime());
        return begun.plus(STORED_BY_THEN).isBefore(clock.instant())
                ? index.remove(entry.name(), entry.handle()).thenReturn(false)
                : Mono.just(false);
    }
}
