package io.gatehouse.gateway.page;

import io.gatehouse.gateway.edge.EndpointPaths;
import io.gatehouse.gateway.edge.ReturnTo;
import io.gatehouse.gateway.problem.ProblemType;
import java.time.Duration;

/** What a person is told about each problem, and what they can do about it. */
final class ProblemPages {

    /** Also the {@code Retry-After} of temporary problems. */
    static final Duration RETRY_AFTER = Duration.ofSeconds(5);

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
        Page page = Page.titled(type.title()).text(advice(type));
        boolean isCallback = here.isBelow(paths.callback());
        if (type.isTemporary() && repeatable) {
            page.text("This page tries again by itself.").reloadAfter(RETRY_AFTER);
        }
        // The address of an authorization response is not to be repeated anywhere.
        if (isAboutSignIn(type) || isCallback) {
            page.link("Sign in again", paths.signIn());
        } else if (type.isTemporary() && repeatable) {
            page.link("Try again", here.path());
        }
        return page.link("Home page", "/").reference("Reference: " + type.slug() + ", " + correlationId);
    }

    private static boolean isAboutSignIn(ProblemType type) {
        return switch (type) {
            case FLOW_UNKNOWN, SIGN_IN_REFUSED, SIGN_IN_INVALID -> true;
            default -> false;
        };
    }

    /** What happened and what helps, in a sentence or two that hold on any page and in any JSON. */
    static String advice(ProblemType type) {
        return switch (type) {
            case SIGN_IN_REQUIRED -> "This page is for signed-in people. Sign in to go on.";
            case SESSION_ENDED -> "You were signed out by your organization or because too much time went by.";
            case FLOW_UNKNOWN ->
                "It was started too long ago, has already been used, or was started in another browser. Cookies may"
                        + " also be blocked. Start again to get a fresh one.";
            case SIGN_IN_REFUSED -> "The sign-in service did not let this sign-in through. You can try once more.";
            case SIGN_IN_INVALID ->
                "What came back from the sign-in service did not pass our checks, so you were not signed in. You can"
                        + " try once more; if it happens again, tell your administrator the reference below.";
            case TOKEN_REFUSED ->
                "You are signed in, but your account was not given access to this service. Ask your administrator"
                        + " for it.";
            case CROSS_SITE_REQUEST ->
                "Another website made your browser send this request, so it was not carried out. If you meant it, do"
                        + " it from the application itself.";
            case INVALID_REQUEST -> "The link or form that brought you here is not complete or not correct.";
            case AMBIGUOUS_PATH -> "The address contains characters that could be read in more than one way.";
            case NOT_FOUND -> "There is nothing at this address.";
            case METHOD_NOT_ALLOWED -> "This address cannot be used in this way.";
            case PROVIDER_UNAVAILABLE -> "The sign-in service does not answer. Nothing is lost.";
            case PROVIDER_MISCONFIGURED ->
                "The sign-in service does not accept this application. Tell your administrator the reference below.";
            case SESSION_STORE_UNAVAILABLE -> "We cannot look up who is signed in. If you were, you still are.";
            case SESSION_UNREADABLE ->
                "This server cannot read your session. It was left as it is; to go on without it, sign out.";
            case UPSTREAM_UNREACHABLE, UPSTREAM_TIMEOUT -> "The service behind this page does not answer.";
            case INTERNAL_ERROR -> "The fault is ours. Tell your administrator the reference below.";
        };
    }
}
