package io.gatehouse.gateway.edge;

import org.springframework.core.Ordered;

/**
 * The order of the request path, first to last. This is the one place that decides it.
 *
 * <p>The first group are {@code WebFilter}s, the second {@code GlobalFilter}s of Spring Cloud Gateway, which run once a
 * route is chosen; the third {@code WebExchangeHandler}s, in the order in which they may turn a failure into an answer.
 * Spring Boot's own error handler stands at -1.
 */
public final class FilterOrder {

    /** First, so that every later log line and problem carries the id. */
    public static final int CORRELATION_ID = -300;

    /** Before anything reads the path. */
    public static final int REQUEST_FIREWALL = -290;

    /** Before anything is put on the answer: it may be the upstream's own. */
    public static final int ROUTE_PREFLIGHT = -285;

    /** Before Spring answers it, and before anything asks who is signed in: a preflight carries no cookie. */
    public static final int PREFLIGHT = -280;

    /** Before anything is refused: a page may read that too. */
    public static final int ROUTE_CORS = Ordered.HIGHEST_PRECEDENCE;

    /** Before anybody is asked to sign in, only to be told that there is nothing to see. */
    public static final int MAINTENANCE = Ordered.HIGHEST_PRECEDENCE + 1;

    /** Before every filter of Spring Cloud Gateway: no upstream is involved until access is decided. */
    public static final int ACCESS = Ordered.HIGHEST_PRECEDENCE + 5;

    /** After {@link #ACCESS}: strangers are not told what a route takes. */
    public static final int MAX_BODY = Ordered.HIGHEST_PRECEDENCE + 6;

    /** After {@link #ACCESS}, which finds out whose request it is, and with what is free before it. */
    public static final int RATE_LIMIT = Ordered.HIGHEST_PRECEDENCE + 7;

    /** After {@link #ACCESS}, before the routing filters. */
    public static final int RELAY = Ordered.HIGHEST_PRECEDENCE + 10;

    /** Around everything that has to do with the upstream, and inside {@link #RELAY}, which tidies up after it. */
    public static final int SESSION_END = Ordered.HIGHEST_PRECEDENCE + 20;

    /** Around the filter that writes the answer. */
    public static final int TIMEOUTS = Ordered.HIGHEST_PRECEDENCE + 30;

    /**
     * Inside the filter that writes the answer (-1), and around {@link #REFUSED_TOKEN}: of two answers only the one
     * that is seen gets them.
     */
    public static final int SECURITY_HEADERS = 5;

    /** Likewise, and inside {@link #SECURITY_HEADERS}, which finds what a route has changed of an answer. */
    public static final int RESPONSE_RULE = 7;

    /** Inside that filter as well, so that nothing of an answer is written that is not to be seen. */
    public static final int REFUSED_TOKEN = 10;

    /** Inside {@link #REFUSED_TOKEN}: what is sent again with another token is not multiplied. */
    public static final int RETRY = 15;

    /** Inside {@link #RETRY}: each attempt counts, and none is made that would be refused here. */
    public static final int CIRCUIT_BREAKER = 20;

    /** After the filter that addresses the upstream, and around those that send requests on. */
    public static final int UPSTREAM_GROUP = Ordered.LOWEST_PRECEDENCE - 3;

    /** Before the filters of Spring Cloud Gateway that send requests on. */
    public static final int WEBSOCKET = Ordered.LOWEST_PRECEDENCE - 2;

    /** Likewise. */
    public static final int TLS = Ordered.LOWEST_PRECEDENCE - 1;

    /** Keeps a form that was sent after its session had ended. */
    public static final int LATE_FORM = -40;

    /** Turns "sign-in required" into the authorization request, where the browser navigates. */
    public static final int SIGN_IN_REDIRECT = -30;

    /** Renders whatever is left. */
    public static final int PROBLEM = -20;

    private FilterOrder() {}
}
