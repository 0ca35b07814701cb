package io.gatehouse.bookstore.echo;

import java.util.Arrays;
import java.util.SplittableRandom;
import reactor.core.publisher.Flux;
import reactor.core.publisher.SynchronousSink;

/**
 * Bytes that look random and are the same every time: those of {@link SplittableRandom} with the seed 0, so that
 * whoever receives them can tell which are missing, doubled or out of order.
 */
final class PseudoRandom {

    /** A multiple of the eight bytes that the generator makes at a time; so the size of the pieces changes nothing. */
    private static final int PIECE = 16 * 1024;

    private final SplittableRandom random = new SplittableRandom(0);

    private long left;

    private PseudoRandom(long length) {
        this.left = length;
    }

    /** The first {@code length} bytes, each piece made when it is asked for. */
    static Flux<byte[]> bytes(long length) {
        return Flux.generate(() -> new PseudoRandom(length), PseudoRandom::next);
    }

    private PseudoRandom next(SynchronousSink<byte[]> sink) {
        if (left == 0) {
            sink.complete();
            return this;
        }
        byte[] piece = new byte[PIECE];
        random.nextBytes(piece);
        int size = (int) Math.min(left, PIECE);
        left -= size;
        sink.next(size == PIECE ? piece : Arrays.copyOf(piece, size));
        return this;
    }
}
