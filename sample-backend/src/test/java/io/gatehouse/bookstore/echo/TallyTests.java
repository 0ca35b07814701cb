package io.gatehouse.bookstore.echo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.buffer.NettyDataBuffer;
import org.springframework.core.io.buffer.NettyDataBufferFactory;

class TallyTests {

    private final NettyDataBufferFactory buffers = new NettyDataBufferFactory(UnpooledByteBufAllocator.DEFAULT);
    private final Tally tally = new Tally();

    @Test
    void nothingHasTheDigestOfNothing() {
        assertThat(tally.receipt())
                .isEqualTo(new Tally.Receipt(0, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"));
    }

    @Test
    void piecesAreDigestedInOrder() {
        tally.add(piece("a"));
        tally.add(piece("bc"));

        assertThat(tally.receipt())
                .isEqualTo(new Tally.Receipt(3, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
    }

    @Test
    void pieceIsReleased() {
        NettyDataBuffer piece = piece("a");
        ByteBuf memory = piece.getNativeBuffer();

        tally.add(piece);

        assertThat(memory.refCnt()).isZero();
    }

    private NettyDataBuffer piece(String text) {
        return buffers.wrap(UnpooledByteBufAllocator.DEFAULT.buffer().writeBytes(text.getBytes(UTF_8)));
    }
}
