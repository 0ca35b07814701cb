package io.gatehouse.gateway.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.gateway.problem.GatewayException;
import io.gatehouse.gateway.problem.ProblemType;
import io.netty.channel.ConnectTimeoutException;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.unix.Errors;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.timeout.ReadTimeoutException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.netty.http.client.PrematureCloseException;

class UpstreamTroubleTests {

    @BeforeAll
    static void loadTheNativeTransport() {
        assertThat(Epoll.isAvailable()).isTrue();
    }

    @ParameterizedTest
    @MethodSource
    void brokenConnectionIsWorthAnother(Throwable failure) {
        assertThat(UpstreamTrouble.isBrokenConnection(failure)).isTrue();
        assertThat(UpstreamTrouble.isNoAnswer(failure)).isTrue();
    }

    static Stream<Throwable> brokenConnectionIsWorthAnother() {
        return Stream.of(
                new ConnectException("refused"),
                new SocketException("reset"),
                new Errors.NativeIoException("read", Errors.ERRNO_ECONNRESET_NEGATIVE),
                new ClosedChannelException(),
                PrematureCloseException.TEST_EXCEPTION);
    }

    @ParameterizedTest
    @MethodSource
    void whatHasCostItsTimeOrWillNotChangeIsNot(Throwable failure) {
        assertThat(UpstreamTrouble.isBrokenConnection(failure)).isFalse();
        assertThat(UpstreamTrouble.isNoAnswer(failure)).isTrue();
    }

    static Stream<Throwable> whatHasCostItsTimeOrWillNotChangeIsNot() {
        return Stream.of(
                new ConnectTimeoutException(),
                ReadTimeoutException.INSTANCE,
                new UnknownHostException(),
                new SSLHandshakeException("x"),
                new DecoderException());
    }

    @ParameterizedTest
    @MethodSource
    void whatIsNoneOfTheUpstreamsSaysNothing(Throwable failure) {
        assertThat(UpstreamTrouble.isBrokenConnection(failure)).isFalse();
        assertThat(UpstreamTrouble.isNoAnswer(failure)).isFalse();
    }

    static Stream<Throwable> whatIsNoneOfTheUpstreamsSaysNothing() {
        return Stream.of(GatewayException.of(ProblemType.CONTENT_TOO_LARGE), new IllegalStateException());
    }
}
