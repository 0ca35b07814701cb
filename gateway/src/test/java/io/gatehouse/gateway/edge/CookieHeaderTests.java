package io.gatehouse.gateway.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpHeaders;

/** A sibling sub-domain can set cookies for this host too, only not under a name with our prefix. */
class CookieHeaderTests {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "__Host-gatehouse=v",
                "a=1; __Host-gatehouse=v; b=2",
                "a=1;\t__Host-gatehouse=v \t",
                "__Host-gatehouse=v; __Host-gatehouse=v"
            })
    void valueIsFoundUnderItsName(String line) {
        assertThat(value(line)).contains("v");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ",__Host-gatehouse=v",
                "a=1,__Host-gatehouse=v",
                "=__Host-gatehouse=v",
                "\u0001__Host-gatehouse=v",
                "\u00a0__Host-gatehouse=v",
                "__host-gatehouse=v",
                "__Host-gatehouse =v",
                "__Host-gatehouse",
                "\"__Host-gatehouse\"=v",
                ""
            })
    void nameThatOnlyResemblesItIsAnotherOne(String line) {
        assertThat(value(line)).isEmpty();
    }

    @Test
    void twoDifferentValuesAreNone() {
        assertThat(value("__Host-gatehouse=v; __Host-gatehouse=w")).isEmpty();
    }

    @Test
    void linesAreReadTogether() {
        HttpHeaders headers = new HttpHeaders();
        headers.add("Cookie", "a=1");
        headers.add("Cookie", "__Host-gatehouse=v");

        assertThat(CookieHeader.value(headers, "__Host-gatehouse")).contains("v");
    }

    @Test
    void valueMayContainEqualsSigns() {
        assertThat(value("__Host-gatehouse=a=b")).contains("a=b");
    }

    @ParameterizedTest
    @CsvSource({"',gatehouse=v', gatehouse", "'\"gatehouse=v', gatehouse", "gatehouse =v, gatehouse", "a=gatehouse=v, a"
    })
    void lenientNameIsWhatACarelessUpstreamWouldRead(String pair, String expected) {
        assertThat(CookieHeader.lenientName(pair)).isEqualTo(expected);
    }

    private static Optional<String> value(String line) {
        HttpHeaders headers = new HttpHeaders();
        headers.add("Cookie", line);
        return CookieHeader.value(headers, "__Host-gatehouse");
    }
}
