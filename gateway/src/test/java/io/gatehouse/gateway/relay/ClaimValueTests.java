package io.gatehouse.gateway.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClaimValueTests {

    private static final List<String> HARD = List.of(
            "plain",
            "Ängström",
            "爱丽丝",
            "🐇",
            "100%",
            "%41dmin",
            "a\r\nX-Admin: true",
            "\u0000\u007f\u0085\u2028",
            " a b ",
            "a,b",
            "\"a",
            "a\\",
            "a+b");

    static Stream<Arguments> values() {
        return Stream.of(
                Arguments.of("alice@bookstore.test", "alice@bookstore.test"),
                Arguments.of("Liddell, \"Alice\" (a+b) 7;x=\\", "Liddell, \"Alice\" (a+b) 7;x=\\"),
                Arguments.of("Zoë", "Zo%C3%AB"),
                Arguments.of("50%25", "50%2525"),
                Arguments.of("a\r\nb", "a%0D%0Ab"),
                Arguments.of(" a ", "%20a%20"),
                Arguments.of(true, "true"),
                Arguments.of(1795337788261L, "1795337788261"),
                Arguments.of(1.5, "1.5"),
                Arguments.of(List.of("bookseller", "clerk"), "bookseller,clerk"),
                Arguments.of(List.of("a,b", "\"c", 1, true), "a%2Cb,%22c,1,true"),
                Arguments.of(Arrays.asList("a", null, "", "b"), "a,b"),
                Arguments.of(List.of(Map.of("id", "x")), "{%22id%22:%22x%22}"),
                Arguments.of(Map.of("city", "Köln"), "{\"city\":\"K%C3%B6ln\"}"),
                Arguments.of(List.of(List.of("a", "b")), "[%22a%22%2C%22b%22]"));
    }

    @ParameterizedTest
    @MethodSource("values")
    void claimIsSentAs(Object claim, String value) {
        assertThat(ClaimValue.of(claim)).contains(value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\t\n"})
    void claimThatSaysNothingIsNotSent(String blank) {
        assertThat(ClaimValue.of(blank)).isEmpty();
        assertThat(ClaimValue.of(List.of(blank))).isEmpty();
        assertThat(ClaimValue.of(List.of())).isEmpty();
        assertThat(ClaimValue.of(null)).isEmpty();
    }

    @Test
    void whateverAClaimSaysItIsSafeOnTheWireAndComesBackByDecoding() {
        for (String text : HARD) {
            String value = ClaimValue.of(text).orElseThrow();

            assertThat(value).matches("[\\x21-\\x7E]([\\x20-\\x7E]*[\\x21-\\x7E])?");
            assertThat(decoded(value)).isEqualTo(text);
        }
    }

    @Test
    void noElementOfAListForgesAnother() {
        String value = ClaimValue.of(HARD).orElseThrow();

        assertThat(Stream.of(value.split(",", -1)).map(ClaimValueTests::decoded))
                .containsExactlyElementsOf(HARD);
    }

    /** As {@code docs/upstreams.md} says. Java's own decoder is for forms: there a plus would be a blank. */
    private static String decoded(String value) {
        return URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
