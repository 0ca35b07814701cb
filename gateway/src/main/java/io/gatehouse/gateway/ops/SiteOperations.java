package io.gatehouse.gateway.ops;

import io.gatehouse.gateway.session.SessionEnds;
import java.util.List;

/** What operators see and do of one site. */
public final class SiteOperations {

    private final Readiness readiness;
    private final SessionEnds ends;
    private final String issuer;

    SiteOperations(Readiness readiness, SessionEnds ends, String issuer) {
        this.readiness = readiness;
        this.ends = ends;
        this.issuer = issuer;
    }

    Readiness readiness() {
        return readiness;
    }

    SessionEnds ends() {
        return ends;
    }

    /** Whose subjects are meant unless a request names another one. */
    String issuer() {
        return issuer;
    }

    /** What keeps the site from serving; nothing if it is ready. */
    List<String> obstacles() {
        return readiness.obstacles();
    }
}
