package io.gatehouse.gateway.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BrowserFamilyTests {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0 | Firefox",
                "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36"
                        + " | Chrome",
                "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/156.0.0.0 Safari/537.36 Edg/156.0 | Edge",
                "Mozilla/5.0 (Macintosh) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.0 Safari/605.1.15 |"
                        + " Safari",
                "Mozilla/5.0 Chrome/156.0.0.0 Safari/537.36 OPR/120.0 | Opera",
                "curl/8.0 | another browser",
                " | another browser"
            })
    void isTheNameAPersonKnows(String userAgent, String family) {
        assertThat(BrowserFamily.of(userAgent)).isEqualTo(family);
    }
}
