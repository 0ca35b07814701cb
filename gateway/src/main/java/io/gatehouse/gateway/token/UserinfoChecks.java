package io.gatehouse.gateway.token;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.gatehouse.gateway.problem.GatewayException;
import io.gatehouse.gateway.problem.ProblemType;
import io.gatehouse.gateway.provider.SingleFlight;
import io.gatehouse.gateway.session.AccessToken;
import io.gatehouse.gateway.session.BrowserSession;
import io.gatehouse.gateway.session.LiveSessions;
import io.gatehouse.gateway.session.SessionId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Asks the IdP at intervals whether those who use the gateway still may: for an IdP that sends neither back-channel
 * logout nor webhooks, or whose messages do not arrive. Each replica asks for the sessions it sees, when they send a
 * request and while something is open for them.
 *
 * <p>The userinfo endpoint stops to accept a token when the grant behind it ends. As that token may have gone for other
 * reasons, it is the refresh token that decides: if the IdP refuses this one too, the session ends. An IdP that does
 * not answer ends nothing, and is asked again an interval later.
 */
public final class UserinfoChecks {

    static final Duration PERIOD = Duration.ofSeconds(1);

    /** How long a request waits for an answer. It may pass without; the answer counts for the next one. */
    private static final Duration COURTESY = Duration.ofSeconds(1);

    private static final int MOST = 100_000;
    private static final int AT_ONCE = 16;
    private static final Logger LOG = LoggerFactory.getLogger(UserinfoChecks.class);

    private final AccessTokens accessTokens;
    private final UserinfoEndpoint endpoint;
    private final LiveSessions live;
    private final Duration interval;
    private final Clock clock;
    private final Cache<SessionId, Instant> asked;
    private final SingleFlight<SessionId, Void> checks = new SingleFlight<>();

    UserinfoChecks(
            AccessTokens accessTokens,
            UserinfoEndpoint endpoint,
            LiveSessions live,
            TokenProperties properties,
            Clock clock) {
        this.accessTokens = accessTokens;
        this.endpoint = endpoint;
        this.live = live;
        this.interval = properties.userinfoInterval();
        this.clock = clock;
        this.asked = Caffeine.newBuilder().maximumSize(MOST).build();
    }

    /**
     * Completes if the session may go on. Fails with {@link ProblemType#SESSION_ENDED} if the IdP has ended the grant.
     */
    public Mono<Void> confirm(BrowserSession session) {
        return isDue(session) ? check(session).timeout(COURTESY, Mono.empty()) : Mono.empty();
    }

    /** Asks for those that have something open, some at a time. Never fails. */
    Mono<Void> sweep() {
        return Flux.defer(() -> Flux.fromIterable(live.opened()))
                .filter(this::isDue)
                .flatMap(session -> check(session).onErrorComplete(GatewayException.class), AT_ONCE)
                .then();
    }

    /** Whatever the IdP issues for a session confirms it. */
    private boolean isDue(BrowserSession session) {
        if (interval.isZero() || isRecent(asked.getIfPresent(session.id()))) {
            return false;
        }
        boolean isConfirmed = isRecent(session.record().meta().createdAt())
                || session.tokens().access().values().stream().anyMatch(this::isRecent);
        return !isConfirmed;
    }

    private boolean isRecent(AccessToken token) {
        return isRecent(token.issuedAt());
    }

    private boolean isRecent(@Nullable Instant confirmation) {
        return confirmation != null && clock.instant().isBefore(confirmation.plus(interval));
    }

    private Mono<Void> check(BrowserSession session) {
        Instant now = clock.instant();
        Mono<Void> check = ask(session)
                .onErrorResume(GatewayException.class, UserinfoChecks::unlessEnded)
                .doOnTerminate(() -> asked.put(session.id(), now));
        return checks.join(session.id(), check);
    }

    private Mono<Void> ask(BrowserSession session) {
        Wanted.Token wanted = Wanted.userinfo();
        return accessTokens
                .attempt(session, wanted)
                .flatMap(fresh -> Mono.justOrEmpty(wanted.in(fresh)))
                .filter(token -> !isRecent(token))
                .filterWhen(this::isRefused)
                .flatMap(refused -> accessTokens.attempt(session, wanted.insteadOf(refused)))
                .then();
    }

    private Mono<Boolean> isRefused(AccessToken token) {
        return endpoint.accepts(token).map(accepted -> !accepted);
    }

    private static Mono<Void> unlessEnded(GatewayException failure) {
        if (failure.type() == ProblemType.SESSION_ENDED) {
            return Mono.error(failure);
        }
        LOG.atWarn()
                .addKeyValue("reason", failure.type().slug())
                .addKeyValue("detail", failure.getMessage())
                .log("userinfo check without a result");
        return Mono.empty();
    }
}
