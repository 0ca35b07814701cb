package io.gatehouse.emulator.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RefreshTokenTests {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final TokenSource SOURCE =
            new TokenSource("user", "client", "grant", "session", false, null, Set.of(), List.of(), null, null);

    @Test
    void isDueFromTheThresholdOn() {
        var token = token(START);

        assertThat(token.isDueForRotation(70, START.plus(Duration.ofHours(69)))).isFalse();
        assertThat(token.isDueForRotation(70, START.plus(Duration.ofHours(70)))).isTrue();
    }

    @Test
    void chainOfMoreThanAYearIsNoLongerProlonged() {
        var token = token(START.minus(Duration.ofDays(366)));

        assertThat(token.isDueForRotation(70, START.plus(Duration.ofHours(99)))).isFalse();
    }

    @Test
    void everyUseWithinTheGraceStartsTheGraceAnew() {
        Duration grace = Duration.ofSeconds(3);
        var once = token(START).consumedAt(START);
        var twice = once.consumedAt(START.plusSeconds(2));

        assertThat(once.isReplayed(grace, START.plusSeconds(3))).isFalse();
        assertThat(once.isReplayed(grace, START.plusSeconds(4))).isTrue();
        assertThat(twice.isReplayed(grace, START.plusSeconds(4))).isFalse();
    }

    private static RefreshToken token(Instant chainStartedAt) {
        return new RefreshToken("value", SOURCE, START, START.plus(Duration.ofHours(100)), chainStartedAt, null);
    }
}
