package io.gatehouse.gateway.problem;

import java.time.Duration;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A failure with a name. Anything else that is thrown is a defect.
 *
 * <p>The detail is for the log of the operator. Nobody else ever sees it, so that no answer can carry a token, a claim
 * or an internal address by accident.
 */
public final class GatewayException extends RuntimeException {

    private final ProblemType type;
    private final String reason;
    private final Duration retryAfter;

    private GatewayException(ProblemType type, @Nullable String detail, @Nullable Throwable cause) {
        this(type, "", detail, cause, type.retryAfter());
    }

    private GatewayException(
            ProblemType type, String reason, @Nullable String detail, @Nullable Throwable cause, Duration retryAfter) {
        // Thrown on ordinary paths too, such as every anonymous request: no stack trace of our own.
        super(detail, cause, false, false);
        this.type = type;
        this.reason = reason;
        this.retryAfter = retryAfter;
    }

    /** A failure whose name says it all. */
    public static GatewayException of(ProblemType type) {
        return new GatewayException(type, null, null);
    }

    /**
     * A failure an operator needs to know more about.
     *
     * @param detail never a secret, a token or a claim
     */
    public static GatewayException of(ProblemType type, String detail) {
        return new GatewayException(type, detail, null);
    }

    /** A failure of which an operator needs to know no more than the kind of its cause. */
    public static GatewayException of(ProblemType type, Throwable cause) {
        return new GatewayException(type, cause.getClass().getSimpleName(), cause);
    }

    /**
     * A failure an operator needs to know more about, and its cause.
     *
     * @param detail never a secret, a token or a claim
     */
    public static GatewayException of(ProblemType type, String detail, Throwable cause) {
        return new GatewayException(type, detail, cause);
    }

    /**
     * A refusal by a rule of the operator's.
     *
     * @param reason the name of the rule, by which whoever is refused can ask about it
     */
    public static GatewayException denied(String reason) {
        return new GatewayException(
                ProblemType.ACCESS_DENIED, reason, "rule " + reason, null, ProblemType.ACCESS_DENIED.retryAfter());
    }

    /**
     * A failure of which it is known when it will be over.
     *
     * @param detail never a secret, a token or a claim
     */
    public static GatewayException until(ProblemType type, String detail, Duration retryAfter) {
        return new GatewayException(type, "", detail, null, retryAfter);
    }

    /** Whether a failure is this problem. */
    public static Predicate<Throwable> is(ProblemType type) {
        return failure -> failure instanceof GatewayException named && named.type() == type;
    }

    public ProblemType type() {
        return type;
    }

    /** What may be said to everybody besides the name of the problem. Blank for nothing. */
    public String reason() {
        return reason;
    }

    /** In how many seconds the same request may succeed; it matters for temporary problems only. */
    public long retryAfterSeconds() {
        return Math.max(1, Math.ceilDiv(retryAfter.toMillis(), 1000L));
    }
}
