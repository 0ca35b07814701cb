package io.gatehouse.gateway.logout;

import io.gatehouse.gateway.audit.AuditLog;
import io.gatehouse.gateway.audit.SecurityEvent;
import io.gatehouse.gateway.problem.ProblemType;
import io.gatehouse.gateway.provider.ProviderAccount;
import io.gatehouse.gateway.provider.SentTokens;
import io.gatehouse.gateway.provider.SingleFlight;
import io.gatehouse.gateway.redis.ClusterMarks;
import io.gatehouse.gateway.redis.Fingerprint;
import io.gatehouse.gateway.session.SessionEnds;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.function.Predicate;
import reactor.core.publisher.Mono;

/**
 * Ends the sessions of whoever has signed out at the IdP. Their refresh tokens are the IdP's to revoke: only the
 * browser's session id opens them here.
 */
final class BackChannelLogout {

    private final SentTokens sentTokens;
    private final LogoutTokens logoutTokens;
    private final SessionEnds ends;
    private final ClusterMarks marks;
    private final ProviderAccount account;
    private final AuditLog audit;
    private final SingleFlight<String, Long> inProgress = new SingleFlight<>();

    BackChannelLogout(
            SentTokens sentTokens,
            LogoutTokens logoutTokens,
            SessionEnds ends,
            ClusterMarks marks,
            ProviderAccount account,
            AuditLog audit) {
        this.sentTokens = sentTokens;
        this.logoutTokens = logoutTokens;
        this.ends = ends;
        this.marks = marks;
        this.account = account;
        this.audit = audit;
    }

    /**
     * How many sessions have ended; none is no failure. Fails with {@link LogoutRefusedException} if the token is not a
     * good one, with {@link ProblemType#PROVIDER_UNAVAILABLE} if that cannot be known now, and with
     * {@link ProblemType#SESSION_STORE_UNAVAILABLE} if the sessions may not have ended: then the same token can be sent
     * again.
     */
    Mono<Long> end(String sent) {
        return sentTokens
                .verify(sent)
                .switchIfEmpty(Mono.error(() -> new LogoutRefusedException(LogoutRefusal.SIGNATURE)))
                .map(logoutTokens::read)
                .flatMap(token -> inProgress.join(token.id(), endOnce(token)));
    }

    /**
     * The token is marked as used at the end, so that one whose sessions could not be ended is good for another
     * attempt. Two that come at once end the same sessions. Goes on if the IdP gives up: Logto waits for 2.5 s and
     * never tries again.
     */
    private Mono<Long> endOnce(LogoutToken token) {
        String mark = mark(token);
        return marks.isSet(mark)
                .filter(Predicate.isEqual(false))
                .switchIfEmpty(Mono.error(() -> new LogoutRefusedException(LogoutRefusal.REPEATED)))
                .flatMap(fresh -> endSessions(token))
                .doOnNext(ended -> record(token, ended))
                .flatMap(ended -> marks.setOnce(mark, LogoutTokens.MEMORY).thenReturn(ended));
    }

    private static String mark(LogoutToken token) {
        return "logout:" + Fingerprint.of(token.id().getBytes(StandardCharsets.UTF_8));
    }

    private void record(LogoutToken token, long ended) {
        audit.record(new SecurityEvent.BackChannelLogout(token.subject(), token.sid(), ended));
    }

    private Mono<Long> endSessions(LogoutToken token) {
        String issuer = account.issuer();
        String subject = token.subject();
        String sid = token.sid();
        if (sid == null) {
            return ends.endUser(issuer, Objects.requireNonNull(subject));
        }
        return subject == null ? ends.endProviderSession(issuer, sid) : ends.endProviderSession(issuer, sid, subject);
    }
}
