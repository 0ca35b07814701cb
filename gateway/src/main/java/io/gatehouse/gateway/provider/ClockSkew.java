package io.gatehouse.gateway.provider;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;

/**
 * How far the IdP's clock is ahead of ours, as its answers say ({@code Date}, RFC 9110, section 6.6.1). Tokens are
 * accepted with a minute of difference in either direction; more than that makes every sign-in fail, and the log says
 * so.
 */
public final class ClockSkew {

    private static final Logger LOG = LoggerFactory.getLogger(ClockSkew.class);
    private static final Duration TOLERANCE = Duration.ofSeconds(60);

    private final Clock clock;
    private volatile Duration current = Duration.ZERO;

    ClockSkew(Clock clock) {
        this.clock = clock;
    }

    /** Give or take the second that {@code Date} is exact to, and the time an answer takes. Zero until there is one. */
    public Duration current() {
        return current;
    }

    /** Whether tokens of the IdP can be valid here, as far as clocks go. */
    public boolean isTolerable() {
        return isTolerable(current);
    }

    void measure(HttpHeaders answer) {
        long date = date(answer);
        if (date >= 0) {
            note(Duration.between(clock.instant(), Instant.ofEpochMilli(date)));
        }
    }

    private static long date(HttpHeaders answer) {
        try {
            return answer.getDate();
        } catch (IllegalArgumentException malformed) {
            return -1;
        }
    }

    private void note(Duration measured) {
        boolean wasTolerable = isTolerable(current);
        current = measured;
        if (isTolerable(measured) != wasTolerable) {
            LOG.atWarn()
                    .addKeyValue("ahead", measured)
                    .addKeyValue("tolerable", !wasTolerable)
                    .log("clock of the IdP");
        }
    }

    private static boolean isTolerable(Duration skew) {
        return skew.abs().compareTo(TOLERANCE) <= 0;
    }
}
