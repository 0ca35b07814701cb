package io.gatehouse.gateway.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenPropertiesTests {

    @ParameterizedTest
    @CsvSource({"PT0S, true", "PT1.9S, false", "PT2S, true", "PT3S, true", "PT1M, true", "PT61S, false", "PT-1S, false"
    })
    void graceIsNoneOrLongEnoughToBeOfUse(Duration grace, boolean possible) {
        assertThat(properties(grace).isReuseGracePossible()).isEqualTo(possible);
    }

    @ParameterizedTest
    @CsvSource({"PT0S, PT0S", "PT3S, PT2.5S"})
    void repeatedRequestArrivesWithinTheGrace(Duration grace, Duration repeatable) {
        assertThat(properties(grace).repeatable()).isEqualTo(repeatable);
    }

    @Test
    void refreshAheadAndPatienceArePositive() {
        assertThat(new TokenProperties(Duration.ZERO, Duration.ofSeconds(1), Duration.ZERO, Duration.ZERO).isPositive())
                .isFalse();
        assertThat(new TokenProperties(Duration.ofSeconds(1), Duration.ZERO, Duration.ZERO, Duration.ZERO).isPositive())
                .isFalse();
        assertThat(properties(Duration.ZERO).isPositive()).isTrue();
    }

    private static TokenProperties properties(Duration grace) {
        return new TokenProperties(Duration.ofSeconds(60), Duration.ofSeconds(10), grace, Duration.ZERO);
    }
}
