package io.gatehouse.emulator.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ParametersTests {

    @Test
    void emptyParametersCountAsAbsent() {
        assertThat(Parameters.parse("a=&b&c=1").names()).containsExactly("c");
    }

    @Test
    void repeatedParametersAreKeptInOrder() {
        var parameters = Parameters.parse("resource=b&x=1&resource=a");

        assertThat(parameters.all("resource")).containsExactly("b", "a");
        assertThat(parameters.repeated()).containsExactly("resource");
        assertThat(parameters.first("resource")).hasValue("b");
    }

    @Test
    void encodingIsUndone() {
        String encoded = Parameters.encode(Map.of("a b", "ü&=+"));

        assertThat(Parameters.parse(encoded).first("a b")).hasValue("ü&=+");
    }

    @Test
    void brokenEncodingIsTakenLiterally() {
        assertThat(Parameters.parse("a=%zz").first("a")).hasValue("%zz");
    }

    @Test
    void someCanBePickedOut() {
        assertThat(Parameters.parse("a=1&b=2").only(Set.of("b")).names()).containsExactly("b");
    }
}
