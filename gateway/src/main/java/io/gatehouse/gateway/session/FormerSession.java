package io.gatehouse.gateway.session;

import java.util.Base64;

/**
 * A session that has ended less than an hour ago, or that still lives, as far as it can be told from the id its browser
 * sends.
 *
 * @param user whose it was: a name from which nobody can tell who it is
 */
public record FormerSession(String user, SessionId id) {

    /** So many things of each kind can be kept for one session. */
    private static final int SLOTS = 8;

    /**
     * The name under which something can be kept for this session: 43 characters that nobody else can know. There are
     * few of them, so that a browser cannot have any amount kept.
     *
     * @param what tells one thing from another
     */
    public String nameFor(String what) {
        String purpose = "kept " + Math.floorMod(what.hashCode(), SLOTS);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Hkdf.derive(id.secret(), new byte[0], purpose));
    }
}
