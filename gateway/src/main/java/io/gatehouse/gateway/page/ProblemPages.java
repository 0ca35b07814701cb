package io.gatehouse.gateway.page;

import io.gatehouse.gateway.edge.CorrelationId;
import io.gatehouse.gateway.edge.EndpointPaths;
import io.gatehouse.gateway.edge.ReturnTo;
import io.gatehouse.gateway.problem.ProblemType;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.springframework.http.HttpMethod;
import org.springframework.web.server.ServerWebExchange;

/** What a person is told about each problem, and what they can do about it. */
final class ProblemPages {

    private static final Set<ProblemType> ABOUT_SIGN_IN = EnumSet.of(
            ProblemType.FLOW_UNKNOWN,
            ProblemType.COOKIE_NOT_RETURNED,
            ProblemType.BEGUN_WITHOUT_TLS,
            ProblemType.BEGUN_ELSEWHERE,
            ProblemType.KEYS_DIFFER,
            ProblemType.SESSION_COOKIE_LOST,
            ProblemType.SESSION_LOST,
            ProblemType.SIGN_IN_REPEATED,
            ProblemType.CODES_REFUSED,
            ProblemType.CLOCKS_APART,
            ProblemType.SIGN_IN_REFUSED,
            ProblemType.SIGN_IN_INVALID,
            ProblemType.STEP_UP_UNPROVEN);

    private final EndpointPaths paths;
    private final List<Supplement> supplements;

    ProblemPages(EndpointPaths paths, List<Supplement> supplements) {
        this.paths = paths;
        this.supplements = List.copyOf(supplements);
    }

    /**
     * Describes a problem to a person.
     *
     * @param reason what else is said about it, blank for nothing
     * @param retryAfter in how many seconds it may be over, if it is temporary
     * @param here the page the person was about to see
     */
    Page page(ProblemType type, String reason, long retryAfter, ReturnTo here, ServerWebExchange exchange) {
        Page page = Page.titled(title(type)).text(advice(type));
        supplements.forEach(supplement -> supplement.addTo(page, type, here, exchange));
        boolean repeatable = exchange.getRequest().getMethod().equals(HttpMethod.GET);
        if (type.isTemporary() && repeatable) {
            page.text("problem.reloads").reloadAfter(Duration.ofSeconds(retryAfter));
        }
        addActions(page, type, here, exchange);
        String reference = reason.isEmpty() ? type.slug() : type.slug() + " " + reason;
        return page.link("home", "/").reference(reference, CorrelationId.of(exchange));
    }

    private void addActions(Page page, ProblemType type, ReturnTo here, ServerWebExchange exchange) {
        // The address of an authorization response is not shown anywhere; that the browser loads it again is how a
        // sign-in is finished once Redis or the IdP is back.
        if (ABOUT_SIGN_IN.contains(type) || here.isBelow(paths.callback())) {
            page.link("sign-in-again", signIn(Destination.of(exchange)));
        } else if (isWorthATry(type) && exchange.getRequest().getMethod().equals(HttpMethod.GET)) {
            page.link("try-again", here.path());
        }
        if (type.isAboutAccount() && type != ProblemType.FORM_OF_ANOTHER) {
            // The IdP knows the person: it says at once what they may do now, and no connector asks for credentials.
            page.link("check-again", signIn(here) + "&prompt=consent");
        }
        if (type.isAboutAccount()) {
            page.link("other-account", signIn(here) + "&prompt=login");
        }
        if (type == ProblemType.SESSION_UNREADABLE) {
            page.link("sign-out", paths.signOut());
        }
        if (type == ProblemType.SESSION_UNKNOWN) {
            page.link("sessions.title", paths.sessions());
        }
    }

    /** Nobody knows what a defect depends on; but it is for the reader to decide, and not done by the page itself. */
    private static boolean isWorthATry(ProblemType type) {
        return type.isTemporary() || type == ProblemType.INTERNAL_ERROR;
    }

    private String signIn(ReturnTo target) {
        return paths.signIn() + "?return_to=" + target.encoded();
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
