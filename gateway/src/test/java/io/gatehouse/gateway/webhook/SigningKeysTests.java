package io.gatehouse.gateway.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class SigningKeysTests {

    /** RFC 4231, section 4.3. */
    private static final byte[] BODY = "what do ya want for nothing?".getBytes(StandardCharsets.UTF_8);

    private static final byte[] SIGNATURE =
            HexFormat.of().parseHex("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");

    @Test
    void oneOfThemHasToHaveSigned() {
        assertThat(new SigningKeys(List.of("Jefe")).haveSigned(BODY, SIGNATURE)).isTrue();
        assertThat(new SigningKeys(List.of("Jefe", "other")).haveSigned(BODY, SIGNATURE))
                .isTrue();
        assertThat(new SigningKeys(List.of("other", "Jefe")).haveSigned(BODY, SIGNATURE))
                .isTrue();
        assertThat(new SigningKeys(List.of("other")).haveSigned(BODY, SIGNATURE))
                .isFalse();
    }

    @Test
    void everyByteCounts() {
        SigningKeys keys = new SigningKeys(List.of("Jefe"));

        assertThat(keys.haveSigned("what do ya want for nothing? ".getBytes(StandardCharsets.UTF_8), SIGNATURE))
                .isFalse();
        assertThat(keys.haveSigned(BODY, new byte[0])).isFalse();
    }

    @Test
    void withoutKeysNothingIsSigned() {
        SigningKeys none = new SigningKeys(List.of());

        assertThat(none.areMissing()).isTrue();
        assertThat(none.haveSigned(BODY, SIGNATURE)).isFalse();
    }

    @Test
    void keysAreNeverPrinted() {
        assertThat(new SigningKeys(List.of("Jefe")).toString()).doesNotContain("Jefe");
    }
}
