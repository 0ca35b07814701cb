package io.gatehouse.gateway.problem;

import java.time.Duration;
import org.slf4j.event.Level;
import org.springframework.http.HttpStatus;

/**
 * Everything that can go wrong on the way through this gateway. The slug is part of the public contract: it ends the
 * problem's {@code type} URI (RFC 9457, section 3.1.1), and log lines and audit events carry it.
 */
public enum ProblemType {
    /** The route needs a user and the request has no session. */
    SIGN_IN_REQUIRED("sign-in-required", HttpStatus.UNAUTHORIZED, Level.DEBUG),

    /** There was a session, and it has ended: by the IdP, which says that its grant is gone, or while it was used. */
    SESSION_ENDED("session-ended", HttpStatus.UNAUTHORIZED, Level.INFO),

    /** Somebody who has as many sessions as one may have signs in once more. */
    TOO_MANY_SESSIONS("too-many-sessions", HttpStatus.FORBIDDEN, Level.INFO),

    /** An authorization response for which this browser has no flow: too old, already used, or started elsewhere. */
    FLOW_UNKNOWN("flow-unknown", HttpStatus.BAD_REQUEST, Level.INFO),

    /** The IdP answered the authorization request with an error, or with something that is not an answer. */
    SIGN_IN_REFUSED("sign-in-refused", HttpStatus.BAD_REQUEST, Level.WARN),

    /** What the IdP sent does not prove who signed in: issuer, signature, nonce or another claim is wrong. */
    SIGN_IN_INVALID("sign-in-invalid", HttpStatus.BAD_REQUEST, Level.ERROR),

    /** The token an API client sent is not one that opens this route, or not any more. */
    TOKEN_INVALID("token-invalid", HttpStatus.UNAUTHORIZED, Level.INFO),

    /** The IdP issued no usable token for the resource this route needs. */
    TOKEN_REFUSED("token-refused", HttpStatus.FORBIDDEN, Level.WARN),

    /** The person is not, or no longer, a member of the organization that the request is for. */
    NOT_A_MEMBER("not-a-member", HttpStatus.FORBIDDEN, Level.INFO),

    /** The request is for one of several organizations, and nobody has said for which. */
    ORGANIZATION_REQUIRED("organization-required", HttpStatus.FORBIDDEN, Level.INFO),

    /** What this route tells its upstream about the person is more than fits into a header. */
    CLAIMS_TOO_LARGE("claims-too-large", HttpStatus.FORBIDDEN, Level.WARN),

    /** Another site made the browser send a request that acts for the user. */
    CROSS_SITE_REQUEST("cross-site-request", HttpStatus.FORBIDDEN, Level.WARN),

    /** A message from another service does not prove that it is that service's. */
    SIGNATURE_INVALID("signature-invalid", HttpStatus.UNAUTHORIZED, Level.WARN),

    /** A parameter is missing, unknown or malformed. */
    INVALID_REQUEST("invalid-request", HttpStatus.BAD_REQUEST, Level.INFO),

    /** The body is larger than this gateway takes in. */
    CONTENT_TOO_LARGE("content-too-large", HttpStatus.CONTENT_TOO_LARGE, Level.INFO),

    /** The path could be read in more than one way. */
    AMBIGUOUS_PATH("ambiguous-path", HttpStatus.BAD_REQUEST, Level.WARN),

    /** No such endpoint or route. */
    NOT_FOUND("not-found", HttpStatus.NOT_FOUND, Level.DEBUG),

    /** Somebody wants to end a session that has ended already, or that is not theirs. */
    SESSION_UNKNOWN("session-unknown", HttpStatus.NOT_FOUND, Level.INFO),

    /** The endpoint exists and does not answer this method. */
    METHOD_NOT_ALLOWED("method-not-allowed", HttpStatus.METHOD_NOT_ALLOWED, Level.INFO),

    /** The IdP could not be reached, or answered with an error of its own. Sessions are kept; trying again may help. */
    PROVIDER_UNAVAILABLE("provider-unavailable", HttpStatus.SERVICE_UNAVAILABLE, Level.WARN),

    /** The IdP refuses this gateway itself, such as for a wrong client secret. An operator has to act. */
    PROVIDER_MISCONFIGURED("provider-misconfigured", HttpStatus.SERVICE_UNAVAILABLE, Level.ERROR),

    /** Redis could not be reached in time. Sessions are kept; trying again may help. */
    SESSION_STORE_UNAVAILABLE("session-store-unavailable", HttpStatus.SERVICE_UNAVAILABLE, Level.WARN),

    /** A session record that this release or its key ring cannot read. It is left as it is. */
    SESSION_UNREADABLE("session-unreadable", HttpStatus.SERVICE_UNAVAILABLE, Level.ERROR),

    /** The upstream refused the connection or broke it off. */
    UPSTREAM_UNREACHABLE("upstream-unreachable", HttpStatus.BAD_GATEWAY, Level.WARN),

    /** The upstream did not answer in time. */
    UPSTREAM_TIMEOUT("upstream-timeout", HttpStatus.GATEWAY_TIMEOUT, Level.WARN),

    /** Somebody who is not known as an operator asks for what is for operators only. */
    OPERATOR_UNKNOWN("operator-unknown", HttpStatus.UNAUTHORIZED, Level.WARN),

    /** A defect of this gateway. */
    INTERNAL_ERROR("internal-error", HttpStatus.INTERNAL_SERVER_ERROR, Level.ERROR);

    /** When to try again after a temporary problem. */
    public static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private static final String URN = "urn:gatehouse:problem:";

    private final String slug;
    private final HttpStatus status;
    private final Level level;

    ProblemType(String slug, HttpStatus status, Level level) {
        this.slug = slug;
        this.status = status;
        this.level = level;
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

    /** Whether signing in is what helps. */
    public boolean asksForSignIn() {
        return this == SIGN_IN_REQUIRED || this == SESSION_ENDED;
    }

    /** Whether it is said to programs only: nobody who reads a page could do anything about it. */
    public boolean isForPrograms() {
        return this == TOKEN_INVALID;
    }

    /** Whether the same request may succeed a little later. */
    public boolean isTemporary() {
        return status.is5xxServerError() && this != INTERNAL_ERROR && this != PROVIDER_MISCONFIGURED;
    }
}
