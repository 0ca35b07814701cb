package io.gatehouse.gateway.edge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RawTargetsTests {

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            quoteCharacter = '~',
            value = {
                "/a?x=1&y=%7B /a?x=1&y=%7B",
                "/a|b /a%7Cb",
                "/?q={\"a\":[1]} /?q=%7B%22a%22:[1]%7D",
                "/?<>^` /?%3C%3E%5E%60",
                "/a\\..\\b /a\\..\\b",
                "/%zz /%zz",
                "/a\\b%?x=100%&y=%2&z=%zz%41&w=C:\\d?\\ /a\\b%?x=100%25&y=%252&z=%25zz%41&w=C:%5Cd?%5C",
                "* *"
            })
    void onlyWhatBrowsersLeaveIsEncoded(String sent, String read) {
        assertThat(RawTargets.encoded(sent)).isEqualTo(read);
    }
}
