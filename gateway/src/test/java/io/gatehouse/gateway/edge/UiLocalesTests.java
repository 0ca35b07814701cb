package io.gatehouse.gateway.edge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UiLocalesTests {

    @ParameterizedTest
    @ValueSource(strings = {"en", "zh-CN", "zh-Hans-CN en", "de-DE-u-co-phonebk", "aa bb cc dd ee ff gg hh ii jj"})
    void tagsInOrderOfPreferenceAreRead(String value) {
        assertThat(UiLocales.areReadable(value)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "e",
                "en ",
                " en",
                "en  zh",
                "en,zh",
                "en_US",
                "en;q=1",
                "en-",
                "en-123456789",
                "en\n",
                "aa bb cc dd ee ff gg hh ii jj kk"
            })
    void nothingElseIs(String value) {
        assertThat(UiLocales.areReadable(value)).isFalse();
    }

    /** A stack overflow is no exception that an answer could be made of. */
    @Test
    void lengthCostsNoStack() {
        assertThat(UiLocales.areReadable("en" + "-a".repeat(1_000_000))).isFalse();
        assertThat(UiLocales.areReadable("en" + " en".repeat(1_000_000))).isFalse();
    }
}
