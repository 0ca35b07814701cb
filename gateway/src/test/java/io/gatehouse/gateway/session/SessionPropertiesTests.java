package io.gatehouse.gateway.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.gateway.fixture.MutableClock;
import io.gatehouse.gateway.fixture.TestKeys;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SessionPropertiesTests {

    private final MutableClock clock = MutableClock.startingNow();
    private final SessionProperties properties = with(Duration.ofMinutes(30), Duration.ofHours(10));
    private final SessionMeta begun = SessionMeta.begun(clock.instant(), "Firefox");

    @Test
    void sessionEndsWhenNothingIsHeardOfTheBrowser() {
        clock.advance(Duration.ofMinutes(30).minusMillis(1));
        assertThat(properties.isOutlived(begun, clock)).isFalse();

        clock.advance(Duration.ofMillis(1));
        assertThat(properties.isOutlived(begun, clock)).isTrue();
    }

    @Test
    void sessionEndsAtItsLifetimeHoweverActiveThePersonIs() {
        clock.advance(Duration.ofHours(10));

        assertThat(properties.isOutlived(begun.seenAt(clock.instant()), clock)).isTrue();
        assertThat(properties.endOf(begun.seenAt(clock.instant()))).isEqualTo(clock.instant());
    }

    @Test
    void touchIsDueAfterATenthOfTheIdleTimeoutButNotLaterThanAMinute() {
        clock.advance(Duration.ofSeconds(59));
        assertThat(properties.isTouchDue(begun, clock)).isFalse();
        assertThat(with(Duration.ofMinutes(5), Duration.ofHours(1)).isTouchDue(begun, clock))
                .isTrue();

        clock.advance(Duration.ofSeconds(1));
        assertThat(properties.isTouchDue(begun, clock)).isTrue();
    }

    @Test
    void idleTimeoutHasToFitIntoTheLifetime() {
        assertThat(properties.isIdleTimeoutWithinLifetime()).isTrue();
        assertThat(with(Duration.ofHours(10), Duration.ofHours(10)).isIdleTimeoutWithinLifetime())
                .isFalse();
        assertThat(with(Duration.ZERO, Duration.ofHours(10)).isIdleTimeoutWithinLifetime())
                .isFalse();
    }

    private static SessionProperties with(Duration idleTimeout, Duration lifetime) {
        return SessionParts.properties(TestKeys.entry("k1"), idleTimeout, lifetime);
    }
}
