package io.gatehouse.gateway.traffic;

import java.time.Clock;
import java.util.Arrays;

/**
 * How many requests of a route may be sent again: a share of those of the last ten seconds, and a few for routes on
 * which little happens. Safe for use by several threads.
 */
final class RetryBudget {

    private static final int SECONDS = 10;
    private static final int ALWAYS = 3;

    private final int percent;
    private final Clock clock;
    private final long[] seconds = new long[SECONDS];
    private final int[] requests = new int[SECONDS];
    private final int[] retries = new int[SECONDS];

    RetryBudget(int percent, Clock clock) {
        this.percent = percent;
        this.clock = clock;
    }

    /** Counts a request that was sent for the first time. */
    synchronized void note() {
        requests[now()]++;
    }

    /** Takes what one more costs. False if there is nothing left. */
    synchronized boolean take() {
        int now = now();
        long most = ALWAYS + Arrays.stream(requests).asLongStream().sum() * percent / 100;
        if (Arrays.stream(retries).asLongStream().sum() >= most) {
            return false;
        }
        retries[now]++;
        return true;
    }

    /** The place of this second. What is older than all of them is forgotten. */
    private int now() {
        long second = clock.instant().getEpochSecond();
        for (int place = 0; place < SECONDS; place++) {
            if (Math.abs(second - seconds[place]) >= SECONDS) {
                requests[place] = 0;
                retries[place] = 0;
            }
        }
        int place = (int) Math.floorMod(second, (long) SECONDS);
        seconds[place] = second;
        return place;
    }
}
