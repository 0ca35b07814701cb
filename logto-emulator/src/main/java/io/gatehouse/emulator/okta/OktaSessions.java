package io.gatehouse.emulator.okta;

import io.gatehouse.emulator.http.Header;
import io.gatehouse.emulator.http.Request;
import io.gatehouse.emulator.http.SetCookie;
import io.gatehouse.emulator.session.Identifiers;
import java.util.Optional;

/**
 * Who is signed in at Okta in which browser. The cookie is named like nobody else's, because cookies are shared by all
 * ports of a host.
 */
final class OktaSessions {

    private static final String COOKIE = "okta-session";

    private final OktaState state;
    private final Identifiers identifiers;

    OktaSessions(OktaState state, Identifiers identifiers) {
        this.state = state;
        this.identifiers = identifiers;
    }

    Optional<OktaAccount> find(Request request) {
        return request.cookie(COOKIE).flatMap(state::session);
    }

    /** The cookie of a new session. */
    Header start(OktaAccount account) {
        String cookie = identifiers.secret();
        state.startSession(cookie, account);
        return new SetCookie(COOKIE, cookie, "/", null, true).header();
    }

    /** The cookie that takes that of the session away. */
    Header end(Request request) {
        request.cookie(COOKIE).ifPresent(state::endSession);
        return SetCookie.expired(COOKIE, "/").header();
    }
}
