package io.gatehouse.gateway.problem;

import org.slf4j.event.Level;
import org.springframework.http.HttpStatus;

/**
 * Everything that can go wrong on the way through this gateway. The slug is part of the public contract: it ends the
 * problem's {@code type} URI (RFC 9457, section 3.1.1), and log lines and audit events carry it.
 */
public enum ProblemType {
    /** The route needs a user and the request has no session. */
    SIGN_IN_REQUIRED(
            "sign-in-required",
            HttpStatus.UNAUTHORIZED,
            Level.DEBUG,
            "Sign-in required",
            "This page is for signed-in people. Sign in to go on."),

    /** There was a session, and it has ended: by the IdP, which says that its grant is gone, or while it was used. */
    SESSION_ENDED(
            "session-ended",
            HttpStatus.UNAUTHORIZED,
            Level.INFO,
            "Your session has ended",
            "You have signed out, were signed out by your organization, or too much time went by."),

    /** Somebody who has as many sessions as one may have signs in once more. */
    TOO_MANY_SESSIONS(
            "too-many-sessions",
            HttpStatus.FORBIDDEN,
            Level.INFO,
            "You are signed in on too many devices",
            "Your organization limits how many there may be at the same time. Sign out on another one, and try"
                    + " again."),

    /** An authorization response for which this browser has no flow: too old, already used, or started elsewhere. */
    FLOW_UNKNOWN(
            "flow-unknown",
            HttpStatus.BAD_REQUEST,
            Level.INFO,
            "This sign-in cannot be finished",
            "It was started too long ago, has already been used, or was started in another browser. Cookies may"
                    + " also be blocked. Start again to get a fresh one."),

    /** The IdP answered the authorization request with an error, or with something that is not an answer. */
    SIGN_IN_REFUSED(
            "sign-in-refused",
            HttpStatus.BAD_REQUEST,
            Level.WARN,
            "The sign-in was not completed",
            "The sign-in service did not let this sign-in through. You can try once more."),

    /** What the IdP sent does not prove who signed in: issuer, signature, nonce or another claim is wrong. */
    SIGN_IN_INVALID(
            "sign-in-invalid",
            HttpStatus.BAD_REQUEST,
            Level.ERROR,
            "The sign-in could not be verified",
            "What came back from the sign-in service did not pass our checks, so you were not signed in. You can"
                    + " try once more; if it happens again, tell your administrator the reference below."),

    /** The IdP issued no usable token for the resource this route needs. */
    TOKEN_REFUSED(
            "token-refused",
            HttpStatus.FORBIDDEN,
            Level.WARN,
            "No access to this service",
            "You are signed in, but your account was not given access to this service. Ask your administrator"
                    + " for it."),

    /** Another site made the browser send a request that acts for the user. */
    CROSS_SITE_REQUEST(
            "cross-site-request",
            HttpStatus.FORBIDDEN,
            Level.WARN,
            "Request from another site refused",
            "Another website made your browser send this request, so it was not carried out. If you meant it, do"
                    + " it from the application itself."),

    /** A message from another service does not prove that it is that service's. */
    SIGNATURE_INVALID(
            "signature-invalid",
            HttpStatus.UNAUTHORIZED,
            Level.WARN,
            "The signature is not valid",
            "The request does not prove who sent it."),

    /** A parameter is missing, unknown or malformed. */
    INVALID_REQUEST(
            "invalid-request",
            HttpStatus.BAD_REQUEST,
            Level.INFO,
            "The request cannot be understood",
            "The link or form that brought you here is not complete or not correct."),

    /** The body is larger than this gateway takes in. */
    CONTENT_TOO_LARGE(
            "content-too-large",
            HttpStatus.CONTENT_TOO_LARGE,
            Level.INFO,
            "The request is too large",
            "What was sent is larger than this address takes."),

    /** The path could be read in more than one way. */
    AMBIGUOUS_PATH(
            "ambiguous-path",
            HttpStatus.BAD_REQUEST,
            Level.WARN,
            "The address is ambiguous",
            "The address contains characters that could be read in more than one way."),

    /** No such endpoint or route. */
    NOT_FOUND("not-found", HttpStatus.NOT_FOUND, Level.DEBUG, "Page not found", "There is nothing at this address."),

    /** The endpoint exists and does not answer this method. */
    METHOD_NOT_ALLOWED(
            "method-not-allowed",
            HttpStatus.METHOD_NOT_ALLOWED,
            Level.INFO,
            "Method not allowed",
            "This address cannot be used in this way."),

    /** The IdP could not be reached, or answered with an error of its own. Sessions are kept; trying again may help. */
    PROVIDER_UNAVAILABLE(
            "provider-unavailable",
            HttpStatus.SERVICE_UNAVAILABLE,
            Level.WARN,
            "Sign-in is not available right now",
            "The sign-in service does not answer. Nothing is lost."),

    /** The IdP refuses this gateway itself, such as for a wrong client secret. An operator has to act. */
    PROVIDER_MISCONFIGURED(
            "provider-misconfigured",
            HttpStatus.SERVICE_UNAVAILABLE,
            Level.ERROR,
            "Sign-in is not set up correctly",
            "The sign-in service does not accept this application. Tell your administrator the reference below."),

    /** Redis could not be reached in time. Sessions are kept; trying again may help. */
    SESSION_STORE_UNAVAILABLE(
            "session-store-unavailable",
            HttpStatus.SERVICE_UNAVAILABLE,
            Level.WARN,
            "Sessions are not available right now",
            "We cannot look up who is signed in. If you were, you still are."),

    /** A session record that this release or its key ring cannot read. It is left as it is. */
    SESSION_UNREADABLE(
            "session-unreadable",
            HttpStatus.SERVICE_UNAVAILABLE,
            Level.ERROR,
            "Your session cannot be read" + " right now",
            "This server cannot read your session. It was left as it is; to go on without it, sign out."),

    /** The upstream refused the connection or broke it off. */
    UPSTREAM_UNREACHABLE(
            "upstream-unreachable",
            HttpStatus.BAD_GATEWAY,
            Level.WARN,
            "The service is not reachable",
            "The service behind this page does not answer."),

    /** The upstream did not answer in time. */
    UPSTREAM_TIMEOUT(
            "upstream-timeout",
            HttpStatus.GATEWAY_TIMEOUT,
            Level.WARN,
            "The service took too long to answer",
            "The service behind this page does not answer."),

    /** A defect of this gateway. */
    INTERNAL_ERROR(
            "internal-error",
            HttpStatus.INTERNAL_SERVER_ERROR,
            Level.ERROR,
            "Something went wrong here",
            "The fault is ours. Tell your administrator the reference below.");

    private static final String URN = "urn:gatehouse:problem:";

    private final String slug;
    private final HttpStatus status;
    private final Level level;
    private final String title;
    private final String advice;

    ProblemType(String slug, HttpStatus status, Level level, String title, String advice) {
        this.slug = slug;
        this.status = status;
        this.level = level;
        this.title = title;
        this.advice = advice;
    }

    public String slug() {
        return slug;
    }

    /** The problem's {@code type} member. */
    public String uri() {
        return URN + slug;
    }

    public HttpStatus status() {
        return status;
    }

    /** The level at which the one log line about it is written. */
    public Level level() {
        return level;
    }

    /** A short sentence for people, the same every time. */
    public String title() {
        return title;
    }

    /** What happened and what helps, in a sentence or two that hold on any page and in any JSON. */
    public String advice() {
        return advice;
    }

    /** Whether signing in is what helps. */
    public boolean asksForSignIn() {
        return this == SIGN_IN_REQUIRED || this == SESSION_ENDED;
    }

    /** Whether the same request may succeed a little later. */
    public boolean isTemporary() {
        return status.is5xxServerError() && this != INTERNAL_ERROR && this != PROVIDER_MISCONFIGURED;
    }
}
