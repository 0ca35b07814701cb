package io.gatehouse.gateway.bearer;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.gateway.fixture.MutableClock;
import io.gatehouse.gateway.fixture.TestSessions;
import io.gatehouse.gateway.session.AccessToken;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class VerifiedTokensTests {

    private final MutableClock clock = MutableClock.startingNow();
    private final VerifiedTokens verified = new VerifiedTokens(clock);

    @Test
    void verifiedTokenIsKnownForAWhile() {
        verified.keep(bearer("a", Duration.ofHours(1)));

        assertThat(verified.find("a")).isPresent();
        assertThat(verified.find("b")).isEmpty();
        clock.advance(VerifiedTokens.MEMORY.minusMillis(1));
        assertThat(verified.find("a")).isPresent();
        clock.advance(Duration.ofMillis(1));
        assertThat(verified.find("a")).isEmpty();
    }

    @Test
    void tokenIsForgottenWhenItExpires() {
        verified.keep(bearer("a", Duration.ofSeconds(5)));

        clock.advance(Duration.ofSeconds(5));

        assertThat(verified.find("a")).isEmpty();
    }

    /** One who may have as many tokens as they like. */
    @Test
    void memoryIsBounded() {
        int length = 8 * 1024;
        for (int number = 0; number < 10_000; number++) {
            verified.keep(bearer(String.format("%0" + length + "d", number), Duration.ofHours(1)));
        }

        assertThat(verified.weight()).isLessThanOrEqualTo(16L * 1024 * 1024).isPositive();
    }

    private BearerToken bearer(String value, Duration lifetime) {
        AccessToken token =
                new AccessToken(value, clock.instant(), clock.instant().plus(lifetime), List.of());
        return new BearerToken(token, TestSessions.alice(), Set.of());
    }
}
