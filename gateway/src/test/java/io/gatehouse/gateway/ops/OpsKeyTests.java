package io.gatehouse.gateway.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OpsKeyTests {

    private static final String KEY = "0123456789abcdef0123456789abcdef";

    @Test
    void onlyTheKeyItselfIsTheKey() {
        OpsKey key = OpsKey.of(KEY);

        assertThat(key.is(KEY)).isTrue();
        assertThat(key.is(KEY + "0")).isFalse();
        assertThat(key.is(KEY.substring(1))).isFalse();
        assertThat(key.is("")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0123456789abcdef0123456789abcde",
                "0123456789abcdef 0123456789abcdef",
                "ключ-0123456789abcdef0123456789abcdef"
            })
    void whatIsTooShortOrCannotBeSentIsNoKey(String configured) {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> OpsKey.of(configured))
                .withMessageStartingWith("must have at least 32 characters");
    }

    @Test
    void keyIsNeverPrinted() {
        assertThat(OpsKey.of(KEY)).asString().doesNotContain("0123");
    }
}
