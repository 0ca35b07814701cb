package io.gatehouse.gateway.route;

import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How many requests a route takes, counted by all replicas together.
 *
 * @param requests how many requests are taken in the time of {@code per}; one more is answered with 429. 0: any number
 * @param per the time in which so many requests are taken, however they are spread over it
 * @param burst how many requests may come at once. 0: as many as {@code requests}
 * @param by whose requests are counted: those of every {@code session} (an API client's token counts as one, and who
 *     has neither by address), of every {@code address} (of IPv6 the first 64 bits), or all of the {@code route}
 *     together
 */
public record RateLimitRule(
        @DefaultValue("0") int requests,
        @DefaultValue("1m") Duration per,
        @DefaultValue("0") int burst,
        @DefaultValue("session") By by) {

    private static final int MOST = 1_000_000;
    private static final Duration LONGEST = Duration.ofDays(1);

    /** Whose requests are counted. */
    public enum By {
        /** Those of one session, or of one API client's token. */
        SESSION,

        /** Those from one address. */
        ADDRESS,

        /** All. */
        ROUTE
    }

    /** Whether there is a limit at all. */
    public boolean isLimiting() {
        return requests > 0;
    }

    /** How many may come at once. */
    public int atOnce() {
        return burst == 0 ? requests : burst;
    }

    boolean isReasonable() {
        boolean isCounted = requests >= 0 && requests <= MOST && burst >= 0 && burst <= MOST;
        return isCounted && per.toMillis() > 0 && per.compareTo(LONGEST) <= 0;
    }

    boolean isBurstUsed() {
        return burst == 0 || isLimiting();
    }

    /** Whether a route on which nobody is known can tell those apart who come. */
    boolean worksForStrangers() {
        return !isLimiting() || by != By.SESSION;
    }
}
