package io.gatehouse.bookstore;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(BookstoreExtension.class)
class KeepAliveIT {

    private static final String SLOW = "HEAD /echo/delay?millis=50 HTTP/1.1\r\nHost: localhost\r\n\r\n";

    private static final String QUICK = "HEAD /public/hello HTTP/1.1\r\nHost: localhost\r\n\r\n";

    private final Bookstore bookstore;

    KeepAliveIT(Bookstore bookstore) {
        this.bookstore = bookstore;
    }

    /** Reactor Netty 1.3.7 never read the third (reactor-netty#4361); without pipelining it hung now and then. */
    @Test
    void connectionGoesOnAfterARequestThatQueuedBehindAnother() throws IOException {
        try (Socket connection = new Socket("localhost", bookstore.port())) {
            connection.setSoTimeout(5_000);
            BufferedReader answers =
                    new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.US_ASCII));

            send(connection, SLOW + QUICK);
            assertThat(head(answers)).isEqualTo("HTTP/1.1 200 OK");
            assertThat(head(answers)).isEqualTo("HTTP/1.1 200 OK");
            send(connection, QUICK);

            assertThat(head(answers)).isEqualTo("HTTP/1.1 200 OK");
        }
    }

    private static void send(Socket connection, String requests) throws IOException {
        connection.getOutputStream().write(requests.getBytes(StandardCharsets.US_ASCII));
    }

    /** The status line of the next answer, read up to the end of its headers. */
    private static String head(BufferedReader answers) throws IOException {
        String status = answers.readLine();
        String line = status;
        while (line != null && !line.isEmpty()) {
            line = answers.readLine();
        }
        return status;
    }
}
