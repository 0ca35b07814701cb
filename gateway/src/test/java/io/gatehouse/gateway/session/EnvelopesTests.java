package io.gatehouse.gateway.session;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.gatehouse.gateway.fixture.TestKeys;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.SecretKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Prevents the classes of CVE-2021-32791, a static nonce and ciphertext that can be moved somewhere else, and of
 * CVE-2023-35941, fields that run into each other.
 */
class EnvelopesTests {

    private static final String OLD = TestKeys.entry("old");
    private static final String NEW = TestKeys.entry("new");
    private static final byte[] CONTENT = "alice@bookstore.test".getBytes(UTF_8);

    private final Envelopes envelopes = with(OLD);

    @Test
    void isOpenedWhereItWasSealed() {
        byte[] sealed = envelopes.seal("place", "name", EnvelopesTests::key, CONTENT);

        assertThat(envelopes.open("place", "name", EnvelopesTests::key, sealed)).isEqualTo(CONTENT);
    }

    @Test
    void s39SameContentNeverLooksTheSame() {
        byte[] one = envelopes.seal("place", "name", EnvelopesTests::key, CONTENT);
        byte[] other = envelopes.seal("place", "name", EnvelopesTests::key, CONTENT);

        assertThat(one).isNotEqualTo(other);
        assertThat(new String(one, UTF_8)).doesNotContain("alice");
    }

    @Test
    void s39CannotBeMovedToAnotherPlaceNameOrPurpose() {
        byte[] sealed = envelopes.seal("place", "name", EnvelopesTests::key, CONTENT);

        assertUnreadable(() -> envelopes.open("other", "name", EnvelopesTests::key, sealed));
        assertUnreadable(() -> envelopes.open("place", "other", EnvelopesTests::key, sealed));
        assertUnreadable(() -> envelopes.open("place", "name", key -> key.derive("other"), sealed));
    }

    @Test
    void s37PartsOfTheContextCannotBeShiftedIntoEachOther() {
        byte[] sealed = envelopes.seal("ab", "c", EnvelopesTests::key, CONTENT);

        assertUnreadable(() -> envelopes.open("a", "bc", EnvelopesTests::key, sealed));
    }

    @Test
    void s37EverySingleByteIsProtected() {
        byte[] sealed = envelopes.seal("place", "name", EnvelopesTests::key, CONTENT);

        for (int i = 0; i < sealed.length; i++) {
            byte[] damaged = sealed.clone();
            damaged[i] ^= 1;
            assertUnreadable(() -> envelopes.open("place", "name", EnvelopesTests::key, damaged));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 5, 10, 30})
    void truncatedOneIsUnreadableAndNoDefect(int length) {
        byte[] sealed = envelopes.seal("place", "name", EnvelopesTests::key, CONTENT);

        assertUnreadable(() -> envelopes.open("place", "name", EnvelopesTests::key, Arrays.copyOf(sealed, length)));
    }

    @Test
    void rotatedRingStillOpensWhatTheOldKeySealedAndSealsWithTheNew() {
        byte[] before = envelopes.seal("place", "name", EnvelopesTests::key, CONTENT);
        Envelopes rotated = with(NEW + "," + OLD);

        assertThat(rotated.open("place", "name", EnvelopesTests::key, before)).isEqualTo(CONTENT);
        byte[] after = rotated.seal("place", "name", EnvelopesTests::key, CONTENT);
        assertUnreadable(() -> envelopes.open("place", "name", EnvelopesTests::key, after));
    }

    private static void assertUnreadable(org.assertj.core.api.ThrowableAssert.ThrowingCallable open) {
        assertThatExceptionOfType(UnreadableEnvelopeException.class).isThrownBy(open);
    }

    private static SecretKey key(ServerKey key) {
        return key.derive("test");
    }

    private static Envelopes with(String ring) {
        return new Envelopes(KeyRing.of(ring), new SecureRandom());
    }
}
