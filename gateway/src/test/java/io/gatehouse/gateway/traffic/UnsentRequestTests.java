package io.gatehouse.gateway.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.ConnectTimeoutException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;

class UnsentRequestTests {

    private final AtomicInteger connected = new AtomicInteger();
    private final UnsentRequest request =
            new UnsentRequest(MockServerHttpRequest.post("/orders").body("one"), connected::incrementAndGet);

    @Test
    void whatFailsBeforeThereIsAConnectionHasSentNothing() {
        for (IOException failure : new IOException[] {
            new ConnectException("refused"),
            new ConnectTimeoutException("late"),
            new UnknownHostException("nowhere"),
            new SSLHandshakeException("not trusted")
        }) {
            assertThat(request.isUnsent(failure)).as(failure.toString()).isTrue();
        }
        assertThat(request.isUnsent(new IllegalStateException("a defect"))).isFalse();
        assertThat(connected).hasValue(0);
    }

    @Test
    void whatFailsLaterMayHaveArrived() {
        assertThat(request.getBody().blockFirst()).isNotNull();

        assertThat(request.isUnsent(new IOException("closed early"))).isFalse();
        assertThat(request.isUnsent(new SSLHandshakeException("certificate required")))
                .isFalse();
        assertThat(connected).hasValue(1);
    }

    /** The client connects again where a kept connection was closed before it could be used. */
    @Test
    void whatCannotConnectAgainHasNotBeenSentEither() {
        assertThat(request.getBody().blockFirst()).isNotNull();

        assertThat(request.isUnsent(new ConnectException("refused"))).isTrue();
    }
}
