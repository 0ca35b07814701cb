package io.gatehouse.gateway.logout;

import io.gatehouse.gateway.audit.AuditLog;
import io.gatehouse.gateway.audit.SecurityEvent;
import io.gatehouse.gateway.problem.GatewayException;
import io.gatehouse.gateway.provider.SingleFlight;
import io.gatehouse.gateway.session.BrowserSession;
import io.gatehouse.gateway.session.Identity;
import io.gatehouse.gateway.session.SessionEnds;
import io.gatehouse.gateway.session.SessionId;
import io.gatehouse.gateway.session.Sessions;
import io.gatehouse.gateway.session.SignedOutMarker;
import io.gatehouse.gateway.token.TokenEndpoint;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * Ends what this gateway holds for a browser: the grant at the IdP, the session, its cookie, and the copies of
 * protected pages in the browser's cache.
 */
final class SignOut {

    /** Not "cookies": browsers apply that to the whole site, and Logto may live on a sub-domain of it. */
    private static final String CACHED_PAGES = "\"cache\"";

    private final Sessions sessions;
    private final TokenEndpoint tokens;
    private final SessionEnds ends;
    private final SignedOutMarker signedOut;
    private final boolean goesOn;
    private final AuditLog audit;
    private final SingleFlight<SessionId, Boolean> endings = new SingleFlight<>();
    private final SingleFlight<SessionId, Void> endingsEverywhere = new SingleFlight<>();

    SignOut(
            Sessions sessions,
            SessionEnds ends,
            TokenEndpoint tokens,
            SignedOutMarker signedOut,
            LogoutProperties properties,
            AuditLog audit) {
        this.sessions = sessions;
        this.ends = ends;
        this.tokens = tokens;
        this.signedOut = signedOut;
        this.goesOn = properties.then() != null;
        this.audit = audit;
    }

    /**
     * Ends the session, then revokes its grant if the IdP answers. If Redis does not answer nothing has ended, and that
     * must not look like a sign-out: then this fails. What has begun goes on even if the browser does not wait for it.
     */
    Mono<Void> end(BrowserSession session) {
        Mono<Boolean> ending =
                sessions.end(session).then(revoke(session)).doOnNext(revoked -> record(session, revoked));
        return endings.join(session.id(), ending).then();
    }

    /**
     * Ends all sessions of the person, this one included: the others first, because nobody could ask for that again
     * without it. Their grants stay, as only the id of a session opens its tokens.
     */
    Mono<Void> endEverywhere(BrowserSession session) {
        Identity who = session.identity();
        Mono<Void> ending = ends.endUser(who.issuer(), who.subject())
                .doOnNext(ended -> recordEverywhere(who, ended))
                .then(end(session));
        return endingsEverywhere.join(session.id(), ending);
    }

    /** Ends a session that this replica cannot read: its grant stays. */
    Mono<Void> endUnreadable(ServerHttpRequest request) {
        return sessions.endSent(request)
                .filter(Boolean::booleanValue)
                .doOnNext(ended -> audit.record(new SecurityEvent.UnreadableSessionEnded("sign-out")))
                .then();
    }

    /** Leaves nothing in the browser by which it could be taken for signed in. */
    void forget(ServerWebExchange exchange) {
        sessions.removeCookie(exchange);
        signedOut.set(exchange, goesOn);
        exchange.getResponse().getHeaders().set("Clear-Site-Data", CACHED_PAGES);
    }

    private Mono<Boolean> revoke(BrowserSession session) {
        return Mono.justOrEmpty(session.tokens().refreshToken())
                .flatMap(tokens::revoke)
                .onErrorReturn(GatewayException.class, false)
                .defaultIfEmpty(false);
    }

    private void recordEverywhere(Identity who, long ended) {
        audit.record(new SecurityEvent.SignedOutEverywhere(who.subject(), who.sid(), ended));
    }

    private void record(BrowserSession session, boolean revoked) {
        Identity who = session.identity();
        audit.record(new SecurityEvent.SessionEnded(who.subject(), who.sid(), "sign-out", revoked));
    }
}
