package io.gatehouse.gateway.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.gateway.fixture.HungryUpstream;
import io.gatehouse.gateway.fixture.RawClient;
import io.gatehouse.gateway.fixture.Stage;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What cannot be read as HTTP/1.1 is answered where it can be, and never relayed as if it had been complete. */
class UnreadableMessagesIT {

    private static final String UPLOAD =
            "POST /public/x HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n";

    @RegisterExtension
    static final HungryUpstream UPSTREAM = new HungryUpstream();

    @RegisterExtension
    static final Stage STAGE = new Stage(Map.of("gatehouse.routes[0].upstream", UPSTREAM.url()));

    @ParameterizedTest
    @ValueSource(strings = {"-5\r\nhello", "0x5\r\nhello", "5_\r\nhello", "\r\nhello", "5\r\nhellohello\r\n", "x"})
    void brokenChunkCutsTheUploadThatHasBegun(String chunk) throws Exception {
        UPSTREAM.answer("");

        try (Socket upload = RawClient.open(STAGE.url(""), UPLOAD + "1\r\nx\r\n")) {
            UPSTREAM.awaitBegin();
            upload.getOutputStream().write((chunk + "\r\n0\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1));

            assertThat(new String(upload.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1))
                    .startsWith("HTTP/1.1 400 ")
                    .contains("application/problem+json", "urn:gatehouse:problem:invalid-request");
        }

        assertThat(UPSTREAM.next()).startsWith("POST /public/x ").doesNotContain("\r\n0\r\n");
    }

    @Test
    void tooLongRequestLineIs414() {
        String answer = RawClient.send(
                STAGE.url(""), "GET /public/" + "x".repeat(17_000) + " HTTP/1.1\r\nHost: localhost\r\n\r\n");

        assertThat(answer)
                .startsWith("HTTP/1.1 414 ")
                .contains("application/problem+json", "urn:gatehouse:problem:target-too-long")
                .containsIgnoringCase("connection: close");
    }

    @Test
    void tooLargeHeadersAre431() {
        String answer = RawClient.send(
                STAGE.url(""), "GET /public/x HTTP/1.1\r\nHost: localhost\r\nX: " + "x".repeat(33_000) + "\r\n\r\n");

        assertThat(answer)
                .startsWith("HTTP/1.1 431 ")
                .contains("application/problem+json", "urn:gatehouse:problem:headers-too-large")
                .containsIgnoringCase("connection: close");
    }
}
