package io.gatehouse.bookstore.echo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

class PseudoRandomTests {

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 9, 16_383, 16_384, 16_385, 100_000})
    void everyLengthIsABeginningOfTheSameBytes(int length) {
        byte[] all = new byte[100_000];
        new SplittableRandom(0).nextBytes(all);

        assertThat(joined(PseudoRandom.bytes(length))).isEqualTo(Arrays.copyOf(all, length));
    }

    @Test
    void piecesAreMadeOnlyWhenAskedFor() {
        StepVerifier.create(PseudoRandom.bytes(Long.MAX_VALUE), 2)
                .expectNextCount(2)
                .thenCancel()
                .verify();
    }

    private static byte[] joined(Flux<byte[]> pieces) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        pieces.toIterable().forEach(bytes::writeBytes);
        return bytes.toByteArray();
    }
}
