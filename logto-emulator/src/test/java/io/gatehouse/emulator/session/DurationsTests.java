package io.gatehouse.emulator.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DurationsTests {

    @ParameterizedTest
    @CsvSource({"500ms,PT0.5S", "5s,PT5S", "10m,PT10M", "2h,PT2H", "14d,P14D", "PT90S,PT1M30S", "-30s,PT-30S"})
    void readsWhatPeopleWrite(String text, Duration expected) {
        assertThat(Durations.parse(text)).hasValue(expected);
    }

    @Test
    void nonsenseIsEmpty() {
        assertThat(Durations.parse("soon")).isEmpty();
        assertThat(Durations.parse("5 s")).isEmpty();
        assertThat(Durations.parse("")).isEmpty();
    }
}
