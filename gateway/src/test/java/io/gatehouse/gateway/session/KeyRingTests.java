package io.gatehouse.gateway.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyRingTests {

    private static final String A = key('a');
    private static final String B = key('b');

    @Test
    void firstKeyWritesAndAllAreKnown() {
        KeyRing ring = KeyRing.of("new:" + A + ", old:" + B);

        assertThat(ring.first().kid()).isEqualTo("new");
        assertThat(ring.require("old").kid()).isEqualTo("old");
        assertThatExceptionOfType(UnreadableEnvelopeException.class)
                .isThrownBy(() -> ring.require("other"))
                .withMessage("key other is not on the key ring");
        assertThatExceptionOfType(UnreadableEnvelopeException.class)
                .isThrownBy(() -> ring.require("\n forged"))
                .withMessage("its key is not on the key ring");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ",", "k1", "k1:", "k1:AAAA", "k1:not base64!", ":AAAA", "k 1:AAAA", "k1:a:b"})
    void malformedRingIsRefused(String configured) {
        assertThatIllegalArgumentException().isThrownBy(() -> KeyRing.of(configured));
    }

    /** CVE-2026-40975: a secret that can be guessed. The gateway does not start with one. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 16, 24, 31, 33, 64})
    void s47KeyOfAnythingBut256BitsIsRefused(int bytes) {
        String key = Base64.getUrlEncoder().withoutPadding().encodeToString(new byte[bytes]);

        assertThatIllegalArgumentException().isThrownBy(() -> KeyRing.of("k1:" + key));
    }

    @Test
    void nameMayBeUsedOnce() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> KeyRing.of("k:" + A + ",k:" + B))
                .withMessageContaining("two keys are named k");
    }

    @Test
    void neitherComplaintsNorTheRingItselfShowKeyMaterial() {
        String truncated = A.substring(0, 40);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> KeyRing.of("k1:" + truncated))
                .satisfies(refused -> assertThat(refused.getMessage()).doesNotContain(truncated));
        assertThat(KeyRing.of("k1:" + A).toString()).isEqualTo("[k1]");
    }

    private static String key(char filler) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(String.valueOf(filler).repeat(32).getBytes());
    }
}
