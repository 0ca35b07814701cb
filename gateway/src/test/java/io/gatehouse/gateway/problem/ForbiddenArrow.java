package io.gatehouse.gateway.problem;

import io.gatehouse.gateway.session.SessionProperties;

/** What no class of this package may do: look at a later stage of the request path. */
public final class ForbiddenArrow {

    public SessionProperties against(SessionProperties allRules) {
        return allRules;
    }
}
