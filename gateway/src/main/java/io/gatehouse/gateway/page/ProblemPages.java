package io.gatehouse.gateway.page;

import io.gatehouse.gateway.edge.EndpointPaths;
import io.gatehouse.gateway.edge.ReturnTo;
import io.gatehouse.gateway.problem.ProblemType;
import java.util.EnumSet;
import java.util.Set;

/** What a person is told about each problem, and what they can do about it. */
final class ProblemPages {

    private static final Set<ProblemType> ABOUT_SIGN_IN =
            EnumSet.of(ProblemType.FLOW_UNKNOWN, ProblemType.SIGN_IN_REFUSED, ProblemType.SIGN_IN_INVALID);

    private final EndpointPaths paths;

    ProblemPages(EndpointPaths paths) {
        this.paths = paths;
    }

    /**
     * Describes a problem to a person.
     *
     * @param here the page the person was about to see
     * @param repeatable whether loading it again repeats the request
     */
    Page page(ProblemType type, ReturnTo here, boolean repeatable, String correlationId) {
        Page page = Page.titled(title(type)).text(advice(type));
        boolean isCallback = here.isBelow(paths.callback());
        if (type.isTemporary() && repeatable) {
            page.text("problem.reloads").reloadAfter(ProblemType.RETRY_AFTER);
        }
        // The address of an authorization response is not to be repeated anywhere.
        if (ABOUT_SIGN_IN.contains(type) || isCallback) {
            page.link("sign-in-again", paths.signIn());
        } else if (type.isTemporary() && repeatable) {
            page.link("try-again", here.path());
        }
        if (type == ProblemType.SESSION_UNREADABLE) {
            page.link("sign-out", paths.signOut());
        }
        if (type == ProblemType.SESSION_UNKNOWN) {
            page.link("sessions.title", paths.sessions());
        }
        return page.link("home", "/").reference(type.slug(), correlationId);
    }

    /** The key of a short sentence, the same every time. */
    static String title(ProblemType type) {
        return "problem." + type.slug() + ".title";
    }

    /** The key of what happened and what helps: a sentence or two that hold on any page and in any JSON. */
    static String advice(ProblemType type) {
        return "problem." + type.slug() + ".advice";
    }
}
