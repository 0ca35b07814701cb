package io.gatehouse.gateway.webhook;

import io.gatehouse.gateway.audit.AuditLog;
import io.gatehouse.gateway.audit.SecurityEvent;
import io.gatehouse.gateway.problem.GatewayException;
import io.gatehouse.gateway.problem.ProblemType;
import io.gatehouse.gateway.provider.ProviderAccount;
import io.gatehouse.gateway.provider.SingleFlight;
import io.gatehouse.gateway.redis.ClusterMarks;
import io.gatehouse.gateway.redis.Fingerprint;
import io.gatehouse.gateway.session.SessionEnds;
import java.time.Clock;
import java.time.Duration;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Does what Logto's webhooks call for, each once. */
final class Webhooks {

    /**
     * How far the time of a webhook may be from ours. Logto's attempts are over within seconds, so whatever is older
     * has been held back or captured; the rest is room for its clock.
     */
    private static final Duration MAX_AGE = Duration.ofHours(1);

    /** Longer than the same webhook could be accepted. */
    private static final Duration MEMORY = Duration.ofHours(24);

    private static final int AT_ONCE = 16;

    private final SessionEnds ends;
    private final ClusterMarks marks;
    private final ProviderAccount account;
    private final AuditLog audit;
    private final Clock clock;
    private final SingleFlight<String, Long> inProgress = new SingleFlight<>();

    Webhooks(SessionEnds ends, ClusterMarks marks, ProviderAccount account, AuditLog audit, Clock clock) {
        this.ends = ends;
        this.marks = marks;
        this.account = account;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * How many sessions it concerned. Fails with {@link ProblemType#INVALID_REQUEST} if it is malformed or too old, and
     * with {@link ProblemType#SESSION_STORE_UNAVAILABLE} if it may not have been carried out: then Logto sends it
     * again. Goes on if Logto gives up.
     *
     * @param body as it came, with a good signature
     */
    Mono<Long> handle(byte[] body) {
        Webhook webhook = Webhook.read(body);
        if (Duration.between(webhook.createdAt(), clock.instant()).abs().compareTo(MAX_AGE) > 0) {
            return Mono.error(() -> GatewayException.of(ProblemType.INVALID_REQUEST, "too-old"));
        }
        String mark = "webhook:" + Fingerprint.of(body);
        return inProgress.join(mark, handleOnce(mark, webhook));
    }

    private Mono<Long> handleOnce(String mark, Webhook webhook) {
        return marks.isSet(mark)
                .filter(Boolean::booleanValue)
                .map(repeated -> 0L)
                .doOnNext(
                        none -> audit.record(new SecurityEvent.WebhookReceived(webhook.event(), "repeated", "", none)))
                .switchIfEmpty(Mono.defer(() -> handleFirst(mark, webhook)));
    }

    /** The mark is set at the end, so that one that could not be carried out is good for another attempt. */
    private Mono<Long> handleFirst(String mark, Webhook webhook) {
        Consequence consequence = Consequences.of(webhook);
        return carryOut(consequence)
                .doOnNext(sessions -> record(webhook, consequence, sessions))
                .flatMap(sessions -> marks.setOnce(mark, MEMORY).thenReturn(sessions));
    }

    private Mono<Long> carryOut(Consequence consequence) {
        String issuer = account.issuer();
        return switch (consequence) {
            case Consequence.EndSessions it -> ends.endUser(issuer, it.subject());
            case Consequence.RenewTokens it ->
                Flux.fromIterable(it.subjects())
                        .flatMap(subject -> ends.renewUser(issuer, subject), AT_ONCE)
                        .reduce(0L, Long::sum);
            case Consequence.RenewAllTokens _ -> ends.renewAll();
            case Consequence.Nothing _ -> Mono.just(0L);
        };
    }

    private void record(Webhook webhook, Consequence consequence, long sessions) {
        audit.record(new SecurityEvent.WebhookReceived(
                webhook.event(), consequence.outcome(), consequence.subject(), sessions));
    }
}
