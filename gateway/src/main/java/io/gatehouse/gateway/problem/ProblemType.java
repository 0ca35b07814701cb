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

    /** The route asks for a sign-in that is more recent, or of another kind, than that of the session. */
    STEP_UP_REQUIRED("step-up-required", HttpStatus.UNAUTHORIZED, Level.INFO),

    /** The IdP does not say that credentials were given when, or as, they had to be. */
    STEP_UP_UNPROVEN("step-up-unproven", HttpStatus.FORBIDDEN, Level.WARN),

    /** Somebody who has as many sessions as one may have signs in once more. */
    TOO_MANY_SESSIONS("too-many-sessions", HttpStatus.FORBIDDEN, Level.INFO),

    /** An authorization response for which this browser has no flow: too old, already used, or started elsewhere. */
    FLOW_UNKNOWN("flow-unknown", HttpStatus.BAD_REQUEST, Level.INFO),

    /** An authorization response without the cookie that was set when its sign-in was begun. */
    COOKIE_NOT_RETURNED("cookie-not-returned", HttpStatus.BAD_REQUEST, Level.WARN),

    /** The same, and the sign-in was begun over plain http, where browsers keep no cookie of an https site. */
    BEGUN_WITHOUT_TLS("begun-without-tls", HttpStatus.BAD_REQUEST, Level.WARN),

    /** The same, and the sign-in was begun under another host name than the public URL's. */
    BEGUN_ELSEWHERE("begun-elsewhere", HttpStatus.BAD_REQUEST, Level.WARN),

    /** The cookie comes back and cannot be opened: the replica that set it has other session keys. */
    KEYS_DIFFER("keys-differ", HttpStatus.BAD_REQUEST, Level.WARN),

    /** One sign-in after the other succeeds, and the browser comes back each time without the session's cookie. */
    SESSION_COOKIE_LOST("session-cookie-lost", HttpStatus.BAD_REQUEST, Level.ERROR),

    /** One sign-in after the other succeeds, and each session is gone, or unknown here, by the next request. */
    SESSION_LOST("session-lost", HttpStatus.BAD_REQUEST, Level.ERROR),

    /** Somebody who is signed in is sent to sign in again and again, such as by the application itself. */
    SIGN_IN_REPEATED("sign-in-repeated", HttpStatus.BAD_REQUEST, Level.ERROR),

    /** One code after the other is refused by the IdP that issued it. */
    CODES_REFUSED("codes-refused", HttpStatus.BAD_REQUEST, Level.ERROR),

    /** The clocks of the IdP and of this gateway are too far apart for any token to be valid. */
    CLOCKS_APART("clocks-apart", HttpStatus.BAD_REQUEST, Level.ERROR),

    /** One browser begins more sign-ins than a person can. */
    TOO_MANY_SIGN_INS("too-many-sign-ins", HttpStatus.TOO_MANY_REQUESTS, Level.INFO),

    /** The IdP answered the authorization request with an error, or with something that is not an answer. */
    SIGN_IN_REFUSED("sign-in-refused", HttpStatus.BAD_REQUEST, Level.WARN),

    /** What the IdP sent does not prove who signed in: issuer, signature, nonce or another claim is wrong. */
    SIGN_IN_INVALID("sign-in-invalid", HttpStatus.BAD_REQUEST, Level.ERROR),

    /** The token an API client sent is not one that opens this route, or not any more. */
    TOKEN_INVALID("token-invalid", HttpStatus.UNAUTHORIZED, Level.INFO),

    /** The IdP issued no usable token for the resource this route needs. */
    TOKEN_REFUSED("token-refused", HttpStatus.FORBIDDEN, Level.WARN),

    /** A rule of the route refuses the request. */
    ACCESS_DENIED("access-denied", HttpStatus.FORBIDDEN, Level.INFO),

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

    /** The request line is longer than this gateway reads. */
    TARGET_TOO_LONG("target-too-long", HttpStatus.URI_TOO_LONG, Level.INFO),

    /** The headers of the request are larger than this gateway reads. */
    HEADERS_TOO_LARGE("headers-too-large", HttpStatus.REQUEST_HEADER_FIELDS_TOO_LARGE, Level.INFO),

    /** The path could be read in more than one way. */
    AMBIGUOUS_PATH("ambiguous-path", HttpStatus.BAD_REQUEST, Level.WARN),

    /** No such endpoint or route. */
    NOT_FOUND("not-found", HttpStatus.NOT_FOUND, Level.DEBUG),

    /** A form that was kept is not kept any more. */
    FORM_UNKNOWN("form-unknown", HttpStatus.NOT_FOUND, Level.INFO),

    /** A form that was kept was sent by somebody else. */
    FORM_OF_ANOTHER("form-of-another", HttpStatus.FORBIDDEN, Level.WARN),

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

    /** The upstream has failed so often that it is left alone for a while. */
    UPSTREAM_RESTING("upstream-resting", HttpStatus.SERVICE_UNAVAILABLE, Level.INFO),

    /** More requests than a route takes of one browser, of one address, or at all. */
    RATE_LIMITED("rate-limited", HttpStatus.TOO_MANY_REQUESTS, Level.INFO),

    /** The upstream is being worked on. */
    UNDER_MAINTENANCE("under-maintenance", HttpStatus.SERVICE_UNAVAILABLE, Level.DEBUG),

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
        return this == SIGN_IN_REQUIRED || this == SESSION_ENDED || this == STEP_UP_REQUIRED;
    }

    /** Whether somebody is signed in who may not do this, and could be somebody who may. */
    public boolean isAboutAccount() {
        return switch (this) {
            case TOKEN_REFUSED, ACCESS_DENIED, NOT_A_MEMBER, ORGANIZATION_REQUIRED, CLAIMS_TOO_LARGE, FORM_OF_ANOTHER ->
                true;
            default -> false;
        };
    }

    /**
     * Whether it is said to programs only: nobody who reads a page could do anything about it, or there is none yet.
     */
    public boolean isForPrograms() {
        return this == TOKEN_INVALID || this == TARGET_TOO_LONG || this == HEADERS_TOO_LARGE;
    }

    /** When to try again, if it {@linkplain #isTemporary helps} and nobody knows better. */
    public Duration retryAfter() {
        return this == UNDER_MAINTENANCE ? Duration.ofMinutes(1) : RETRY_AFTER;
    }

    /** Whether the same request may succeed a little later. */
    public boolean isTemporary() {
        boolean isOfAServer = status.is5xxServerError() && this != INTERNAL_ERROR && this != PROVIDER_MISCONFIGURED;
        return isOfAServer || this == TOO_MANY_SIGN_INS || this == RATE_LIMITED;
    }
}
