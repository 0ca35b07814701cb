package io.gatehouse.gateway.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.gateway.fixture.MutableClock;
import io.gatehouse.gateway.session.AccessToken;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class TokenPropertiesTests {

    private final MutableClock clock = MutableClock.startingNow();
    private final TokenProperties properties =
            new TokenProperties(Duration.ofSeconds(60), Duration.ofSeconds(10), Duration.ZERO);

    @Test
    void tokenIsDueAMinuteBeforeItExpires() {
        AccessToken token = valid(Duration.ofHours(1));

        clock.advance(Duration.ofMinutes(59).minusMillis(1));
        assertThat(properties.isDue(token, Instant.EPOCH, clock)).isFalse();
        clock.advance(Duration.ofMillis(1));
        assertThat(properties.isDue(token, Instant.EPOCH, clock)).isTrue();
        assertThat(TokenProperties.isExpired(token, clock)).isFalse();
    }

    @Test
    void shortLivedTokenIsNotDueBeforeHalfOfItsLife() {
        AccessToken token = valid(Duration.ofSeconds(10));

        clock.advance(Duration.ofSeconds(4));
        assertThat(properties.isDue(token, Instant.EPOCH, clock)).isFalse();
        clock.advance(Duration.ofSeconds(1));
        assertThat(properties.isDue(token, Instant.EPOCH, clock)).isTrue();
    }

    @Test
    void tokenIsExpiredWhenItsTimeHasCome() {
        AccessToken token = valid(Duration.ofSeconds(10));

        clock.advance(Duration.ofSeconds(10));

        assertThat(TokenProperties.isExpired(token, clock)).isTrue();
    }

    private AccessToken valid(Duration lifetime) {
        return new AccessToken("a.b.c", clock.instant(), clock.instant().plus(lifetime), List.of());
    }
}
