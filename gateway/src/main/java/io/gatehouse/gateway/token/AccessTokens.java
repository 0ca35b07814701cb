package io.gatehouse.gateway.token;

import io.gatehouse.gateway.audit.AuditLog;
import io.gatehouse.gateway.audit.SecurityEvent;
import io.gatehouse.gateway.problem.GatewayException;
import io.gatehouse.gateway.problem.ProblemType;
import io.gatehouse.gateway.provider.SingleFlight;
import io.gatehouse.gateway.session.AccessToken;
import io.gatehouse.gateway.session.BrowserSession;
import io.gatehouse.gateway.session.Identity;
import io.gatehouse.gateway.session.SessionId;
import io.gatehouse.gateway.session.SessionTokens;
import io.gatehouse.gateway.session.Sessions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.OAuth2RefreshToken;
import org.springframework.security.oauth2.core.endpoint.OAuth2AccessTokenResponse;
import reactor.core.publisher.Mono;

/**
 * The access token a session has for an API resource: from the session while it is fresh, by refresh when it is due.
 *
 * <p>One refresh at a time for each session in this process, because all of them use its one refresh token; whoever
 * wants the same resource meanwhile shares it. What the IdP issues is stored in the session before anybody uses it, so
 * that a refresh token the IdP has rotated is never lost with a request. Replicas do not wait for each other yet; the
 * place for that is {@link #refreshOnce}.
 */
public final class AccessTokens {

    /** How long a request waits for a new token while it has a valid one. */
    private static final Duration COURTESY = Duration.ofSeconds(1);

    private final Sessions sessions;
    private final TokenEndpoint endpoint;
    private final ResourceTokens tokens;
    private final TokenProperties properties;
    private final AuditLog audit;
    private final Clock clock;
    private final SingleFlight<Attempt, AccessToken> attempts = new SingleFlight<>();
    private final Turns<SessionId> turns = new Turns<>();

    AccessTokens(
            Sessions sessions,
            TokenEndpoint endpoint,
            ResourceTokens tokens,
            TokenProperties properties,
            AuditLog audit,
            Clock clock) {
        this.sessions = sessions;
        this.endpoint = endpoint;
        this.tokens = tokens;
        this.properties = properties;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * A token the upstream will accept now. Never empty. Fails with {@link ProblemType#SIGN_IN_REQUIRED} if the sign-in
     * did not ask for this resource, {@link ProblemType#SESSION_ENDED} if the IdP has ended the grant,
     * {@link ProblemType#TOKEN_REFUSED} if it issues nothing for this resource, and
     * {@link ProblemType#PROVIDER_UNAVAILABLE} if it does not answer and no valid token is left.
     */
    public Mono<AccessToken> current(BrowserSession session, String resource) {
        Wanted wanted = Wanted.of(resource);
        return held(session, wanted).switchIfEmpty(Mono.defer(() -> refreshed(session, wanted)));
    }

    private Mono<AccessToken> refreshed(BrowserSession session, Wanted wanted) {
        String resource = wanted.resource();
        if (!session.tokens().resources().contains(resource)) {
            return Mono.error(() -> GatewayException.of(ProblemType.SIGN_IN_REQUIRED, "not asked for at sign-in"));
        }
        return attempt(session, wanted)
                .timeout(valid(session, resource).isPresent() ? COURTESY : properties.patience())
                .onErrorMap(TimeoutException.class, late -> GatewayException.of(ProblemType.PROVIDER_UNAVAILABLE, late))
                .onErrorResume(failure -> stillValid(session, resource, failure));
    }

    /**
     * The token that is wanted, held or refreshed, without a limit to the wait but that of the call to the IdP. Fails
     * as {@link #current} does.
     */
    Mono<AccessToken> attempt(BrowserSession session, Wanted wanted) {
        Mono<AccessToken> attempt = turns.take(session.id(), refreshOnce(session, wanted, true));
        return attempts.join(new Attempt(session.id(), wanted), attempt);
    }

    private Mono<AccessToken> held(BrowserSession session, Wanted wanted) {
        return Mono.justOrEmpty(session.tokens().forResource(wanted.resource()))
                .filter(wanted::isMetBy)
                .filter(held -> !properties.isDue(held, session.record().renewal(), clock));
    }

    /** The session is read again first: another request may have refreshed it since this one came in. */
    private Mono<AccessToken> refreshOnce(BrowserSession session, Wanted wanted, boolean mayRetry) {
        return Mono.defer(() -> sessions.newest(session))
                .switchIfEmpty(Mono.error(() -> GatewayException.of(ProblemType.SESSION_ENDED)))
                .flatMap(newest -> heldOrRefreshed(newest, wanted, mayRetry));
    }

    private Mono<AccessToken> heldOrRefreshed(BrowserSession session, Wanted wanted, boolean mayRetry) {
        return held(session, wanted).switchIfEmpty(Mono.defer(() -> refresh(session, wanted, mayRetry)));
    }

    private Mono<AccessToken> refresh(BrowserSession session, Wanted wanted, boolean mayRetry) {
        Instant now = clock.instant();
        return Mono.justOrEmpty(session.tokens().refreshToken())
                .switchIfEmpty(Mono.error(() -> GatewayException.of(ProblemType.TOKEN_REFUSED, "no refresh token")))
                .flatMap(refreshToken -> endpoint.refresh(refreshToken, wanted.resource()))
                .flatMap(response -> store(session, wanted.resource(), response, now))
                .onErrorResume(
                        GatewayException.is(ProblemType.SESSION_ENDED),
                        refusal -> endOrRetry(session, wanted, mayRetry, refusal));
    }

    /**
     * Ends the session if it still has the refresh token that was refused. If another replica has changed it meanwhile,
     * the refusal says nothing about the newer one, which is tried once.
     */
    private Mono<AccessToken> endOrRetry(BrowserSession session, Wanted wanted, boolean mayRetry, Throwable refusal) {
        return end(session)
                .flatMap(ended -> !ended && mayRetry ? refreshOnce(session, wanted, false) : Mono.error(refusal));
    }

    private Mono<Boolean> end(BrowserSession session) {
        return sessions.endUnchanged(session).doOnNext(ended -> recordEnd(session.identity(), ended));
    }

    /** A rotated refresh token is kept even if the access token that came with it is of no use. */
    private Mono<AccessToken> store(
            BrowserSession session, String resource, OAuth2AccessTokenResponse response, Instant requestedAt) {
        Optional<AccessToken> issued = tokens.read(response, session.identity(), resource, requestedAt);
        UnaryOperator<SessionTokens> renewal =
                held -> renewed(held, resource, issued.orElse(null), response.getRefreshToken());
        return sessions.change(session, newest -> newest.with(renewal.apply(newest.tokens())))
                .switchIfEmpty(Mono.error(() -> GatewayException.of(ProblemType.SESSION_ENDED)))
                .doOnNext(stored -> audit.record(refreshed(stored.identity(), resource)))
                .flatMap(stored -> Mono.justOrEmpty(issued))
                .switchIfEmpty(Mono.error(
                        () -> GatewayException.of(ProblemType.TOKEN_REFUSED, "the IdP issued no JWT for " + resource)));
    }

    private static SessionTokens renewed(
            SessionTokens held,
            String resource,
            @Nullable AccessToken issued,
            @Nullable OAuth2RefreshToken refreshToken) {
        SessionTokens rotated = held.rotated(refreshToken == null ? null : refreshToken.getTokenValue());
        return issued == null ? rotated : rotated.with(resource, issued);
    }

    /** An IdP that does not answer takes nothing away from a token it has issued. */
    private Mono<AccessToken> stillValid(BrowserSession session, String resource, Throwable failure) {
        boolean isAnswer = failure instanceof GatewayException named
                && named.type().status().is4xxClientError();
        return Mono.justOrEmpty(valid(session, resource))
                .filter(held -> !isAnswer)
                .switchIfEmpty(Mono.error(failure));
    }

    private Optional<AccessToken> valid(BrowserSession session, String resource) {
        return session.tokens()
                .forResource(resource)
                .filter(held -> TokenProperties.isUsable(held, session.record().renewal(), clock));
    }

    private static SecurityEvent refreshed(Identity who, String resource) {
        return new SecurityEvent.TokenRefreshed(who.subject(), who.sid(), resource);
    }

    private void recordEnd(Identity who, boolean ended) {
        if (ended) {
            audit.record(
                    new SecurityEvent.SessionEnded(who.subject(), who.sid(), ProblemType.SESSION_ENDED.slug(), false));
        }
    }

    private record Attempt(SessionId session, Wanted wanted) {}
}
