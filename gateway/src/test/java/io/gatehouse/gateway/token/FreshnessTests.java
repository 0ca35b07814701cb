package io.gatehouse.gateway.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.gateway.fixture.MutableClock;
import io.gatehouse.gateway.session.AccessToken;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FreshnessTests {

    private final MutableClock clock = MutableClock.startingNow();
    private final Freshness freshness = new Freshness(
            new TokenProperties(Duration.ofSeconds(60), Duration.ofSeconds(10), Duration.ofSeconds(3), Duration.ZERO),
            clock);

    @Test
    void tokenIsDueAMinuteBeforeItExpiresAtTheLatestAndAMinuteAndAHalfAtTheEarliest() {
        List<AccessToken> tokens = IntStream.range(0, 200)
                .mapToObj(number -> valid("a.b." + number, Duration.ofHours(1)))
                .toList();

        clock.advance(Duration.ofMinutes(58).plusSeconds(29));
        assertThat(tokens).noneMatch(token -> freshness.isDue(token, Instant.EPOCH));
        clock.advance(Duration.ofSeconds(16));
        assertThat(tokens.stream().filter(token -> freshness.isDue(token, Instant.EPOCH)))
                .hasSizeBetween(50, 150);
        clock.advance(Duration.ofSeconds(15));
        assertThat(tokens).allMatch(token -> freshness.isDue(token, Instant.EPOCH));
        assertThat(tokens).noneMatch(freshness::isExpired);
    }

    @Test
    void shortLivedTokenIsNotDueBeforeHalfOfItsLife() {
        AccessToken token = valid("a.b.c", Duration.ofSeconds(10));

        clock.advance(Duration.ofSeconds(4));
        assertThat(freshness.isDue(token, Instant.EPOCH)).isFalse();
        clock.advance(Duration.ofSeconds(1));
        assertThat(freshness.isDue(token, Instant.EPOCH)).isTrue();
    }

    @Test
    void tokenIsExpiredWhenItsTimeHasCome() {
        AccessToken token = valid("a.b.c", Duration.ofSeconds(10));

        clock.advance(Duration.ofSeconds(10));

        assertThat(freshness.isExpired(token)).isTrue();
    }

    @Test
    void tokenFromBeforeAChangeOfRightsIsDueAndOfNoUse() {
        AccessToken token = valid("a.b.c", Duration.ofHours(1));
        Instant later = clock.instant().plusMillis(1);

        assertThat(freshness.isDue(token, later)).isTrue();
        assertThat(freshness.isUsable(token, later)).isFalse();
        assertThat(freshness.isUsable(token, clock.instant())).isTrue();
    }

    private AccessToken valid(String value, Duration lifetime) {
        return new AccessToken(value, clock.instant(), clock.instant().plus(lifetime), List.of());
    }
}
