package io.gatehouse.gateway.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.gateway.problem.GatewayException;
import io.gatehouse.gateway.problem.ProblemType;
import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.timeout.ReadTimeoutException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.netty.http.client.PrematureCloseException;

class UpstreamFailuresTests {

    @ParameterizedTest
    @MethodSource
    void brokenConnectionIsABadGateway(Throwable failure) {
        assertThat(UpstreamFailures.classify(failure))
                .isInstanceOfSatisfying(
                        GatewayException.class,
                        named -> assertThat(named.type()).isEqualTo(ProblemType.UPSTREAM_UNREACHABLE));
    }

    static Stream<Throwable> brokenConnectionIsABadGateway() {
        return Stream.of(
                new ConnectException(),
                new UnknownHostException(),
                new SSLHandshakeException("x"),
                new DecoderException(),
                new IllegalArgumentException("invalid version format"),
                PrematureCloseException.TEST_EXCEPTION);
    }

    @ParameterizedTest
    @MethodSource
    void silenceIsAGatewayTimeout(Throwable failure) {
        assertThat(UpstreamFailures.classify(failure))
                .isInstanceOfSatisfying(
                        GatewayException.class,
                        named -> assertThat(named.type()).isEqualTo(ProblemType.UPSTREAM_TIMEOUT));
    }

    static Stream<Throwable> silenceIsAGatewayTimeout() {
        return Stream.of(ReadTimeoutException.INSTANCE, new ConnectTimeoutException());
    }

    @Test
    void whatHasANameKeepsItAndADefectStaysOne() {
        var named = GatewayException.of(ProblemType.TOKEN_REFUSED);
        var defect = new IllegalStateException();

        assertThat(UpstreamFailures.classify(named)).isSameAs(named);
        assertThat(UpstreamFailures.classify(defect)).isSameAs(defect);
    }
}
