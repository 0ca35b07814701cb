package io.gatehouse.gateway.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.gatehouse.gateway.fixture.Programs;
import io.gatehouse.gateway.fixture.TestKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.text.ParseException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class AssertionKeysTests {

    private static final JWTClaimsSet CLAIMS =
            new JWTClaimsSet.Builder().subject("alice").build();

    @Test
    void pairIsTheOneTheCommandMakes(@TempDir Path directory) throws IOException, InterruptedException {
        Programs.openssl();
        Process made = new ProcessBuilder("sh", "-c", AssertionKeys.COMMAND)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("log").toFile())
                .start();
        assertThat(made.waitFor()).isZero();

        AssertionKeys keys = AssertionKeys.of(Files.readString(directory.resolve("k.pem")));

        assertThat(keys.areMissing()).isFalse();
    }

    @Test
    void publishedKeyVerifiesWhatWasSignedAndIsNamedByItsThumbprint() throws ParseException, JOSEException {
        AssertionKeys keys = AssertionKeys.of(TestKeys.assertionPair());

        SignedJWT signed = SignedJWT.parse(keys.sign(CLAIMS));
        ECKey key = published(keys).getKeys().getFirst().toECKey();

        assertThat(signed.verify(new ECDSAVerifier(key))).isTrue();
        assertThat(signed.getHeader().toJSONObject())
                .containsEntry("alg", "ES256")
                .containsEntry("typ", "gatehouse-assertion+jwt")
                .containsEntry("kid", key.computeThumbprint().toString());
    }

    @Test
    void nothingPrivateIsPublishedOrPrinted() {
        AssertionKeys keys = AssertionKeys.of(TestKeys.assertionPair() + TestKeys.assertionPair());

        assertThat(published(keys).getKeys())
                .hasSize(2)
                .allSatisfy(key ->
                        assertThat(key.toJSONObject()).containsOnlyKeys("kty", "crv", "x", "y", "kid", "use", "alg"));
        assertThat(keys)
                .hasToString(published(keys).getKeys().stream()
                        .map(key -> key.getKeyID())
                        .toList()
                        .toString());
    }

    @Test
    void noKeysAreAnEmptySet() {
        assertThat(AssertionKeys.of(" \n").published()).isEqualTo(Map.of("keys", List.of()));
    }

    /** Added last everywhere, moved first, the old one removed: nobody ever meets a signature by an unpublished key. */
    @Test
    void rotationNeverSignsWithAKeyThatIsNotPublishedAStepBefore() throws ParseException, JOSEException {
        String old = TestKeys.assertionPair();
        String young = TestKeys.assertionPair();
        AssertionKeys[] steps = {
            AssertionKeys.of(old), AssertionKeys.of(old + young), AssertionKeys.of(young + old), AssertionKeys.of(young)
        };

        for (int step = 1; step < steps.length; step++) {
            assertThat(isAccepted(steps[step].sign(CLAIMS), steps[step - 1])).isTrue();
            assertThat(isAccepted(steps[step - 1].sign(CLAIMS), steps[step])).isTrue();
        }
        assertThat(isAccepted(steps[3].sign(CLAIMS), steps[0])).isFalse();
    }

    @Test
    void commentsAndOneLineAreFine() {
        String pair = TestKeys.assertionPair();

        assertThat(AssertionKeys.of("# made in November\n" + pair + "\n\n# spare\n" + TestKeys.assertionPair())
                        .toString())
                .contains(",");
        assertThat(AssertionKeys.of(pair.replace('\n', ' ')).areMissing()).isFalse();
    }

    static Stream<Arguments> malformed() throws Exception {
        KeyPair pair = TestKeys.pair("secp256r1");
        KeyPair other = TestKeys.pair("secp256r1");
        KeyPair larger = TestKeys.pair("secp384r1");
        KeyPair rsa = KeyPairGenerator.getInstance("RSA").generateKeyPair();
        String privatePem = TestKeys.pem("PRIVATE KEY", pair.getPrivate());
        String publicPem = TestKeys.pem("PUBLIC KEY", pair.getPublic());
        return Stream.of(
                Arguments.of("hunter2", "must be PEM text"),
                Arguments.of(privatePem, "is missing: keys come in pairs"),
                Arguments.of(publicPem + privatePem, "pair 1 must be a PRIVATE KEY"),
                Arguments.of(privatePem + privatePem, "pair 1 must be a PRIVATE KEY"),
                Arguments.of(privatePem.replace("PRIVATE", "EC PRIVATE") + publicPem, "pair 1 must be a PRIVATE KEY"),
                Arguments.of(
                        privatePem.replace("PRIVATE", "ENCRYPTED PRIVATE") + publicPem, "pair 1 must be a PRIVATE KEY"),
                Arguments.of(privatePem + publicPem.substring(0, 60), "a PEM block is not complete"),
                Arguments.of(
                        privatePem + publicPem.replace("END PUBLIC", "END PRIVATE"), "a PEM block is not complete"),
                Arguments.of(
                        privatePem + publicPem + privatePem + TestKeys.pem("PUBLIC KEY", other.getPublic()),
                        "pair 2: its two keys do not belong together"),
                Arguments.of(privatePem + publicPem + privatePem + publicPem, "the same pair is there twice"),
                Arguments.of(privatePem.replaceAll("\nM", "\n!") + publicPem, "pair 1 has a block that is no EC key"),
                Arguments.of(privatePem.replaceAll("\nM", "\nN") + publicPem, "pair 1 has a block that is no EC key"),
                Arguments.of(
                        TestKeys.pem("PRIVATE KEY", rsa.getPrivate()) + TestKeys.pem("PUBLIC KEY", rsa.getPublic()),
                        "pair 1 has a block that is no EC key"),
                Arguments.of(
                        TestKeys.pem("PRIVATE KEY", larger.getPrivate())
                                + TestKeys.pem("PUBLIC KEY", larger.getPublic()),
                        "pair 1 is not on the curve P-256"),
                Arguments.of(
                        privatePem + TestKeys.pem("PUBLIC KEY", larger.getPublic()),
                        "pair 1 is not on the curve P-256"));
    }

    @ParameterizedTest
    @MethodSource("malformed")
    void malformedKeysAreRefusedWithTheWayToMakeGoodOnes(String pem, String complaint) {
        assertThatThrownBy(() -> AssertionKeys.of(pem))
                .isInstanceOf(IllegalArgumentException.class)
                .hasNoCause()
                .hasMessageContainingAll(complaint, AssertionKeys.COMMAND)
                .hasMessageNotContaining("hunter2")
                .satisfies(failure -> assertThat(pem.lines().filter(line -> !line.startsWith("-----")))
                        .noneMatch(line -> failure.getMessage().contains(line)));
    }

    private static boolean isAccepted(String token, AssertionKeys publisher) throws ParseException, JOSEException {
        SignedJWT signed = SignedJWT.parse(token);
        var key = published(publisher).getKeyByKeyId(signed.getHeader().getKeyID());
        return key != null && signed.verify(new ECDSAVerifier(key.toECKey()));
    }

    private static JWKSet published(AssertionKeys keys) {
        try {
            return JWKSet.parse(keys.published());
        } catch (ParseException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
