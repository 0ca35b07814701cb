package io.gatehouse.bookstore;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Bookstore as it is run: the jar, in a process of its own with little memory. */
class JarIT {

    private static final int MEBIBYTE = 1024 * 1024;

    private static final int TRANSFER = 64 * MEBIBYTE;

    @TempDir
    private static Path directory;

    private static Issuer issuer;
    private static BookstoreProcess bookstore;

    private final HttpClient http = HttpClient.newHttpClient();

    @BeforeAll
    static void start() throws Exception {
        issuer = new Issuer();
        bookstore = BookstoreProcess.start(issuer, directory.resolve("log"), "0");
        bookstore.awaitStart();
    }

    @AfterAll
    static void stop() {
        bookstore.close();
        issuer.close();
    }

    @Test
    void saysWhereItIsAndThenThatItHasStarted() {
        assertThat(bookstore.output().lines())
                .containsSubsequence("bookstore=http://localhost:" + bookstore.port(), "bookstore started")
                .hasSize(3);
    }

    @Test
    void takenPortIsToldInPlainWordsAndEndsTheProcess() throws Exception {
        try (BookstoreProcess second =
                BookstoreProcess.start(issuer, directory.resolve("second"), Integer.toString(bookstore.port()))) {
            assertThat(second.awaitEnd()).isNotZero();
            assertThat(second.output())
                    .contains("Port " + bookstore.port() + " was already in use.")
                    .doesNotContain("\tat ", "bookstore=");
        }
    }

    @Test
    void uploadIsStreamed() throws Exception {
        byte[] piece = new byte[MEBIBYTE];
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        for (int sent = 0; sent < TRANSFER; sent += piece.length) {
            digest.update(piece);
        }

        HttpResponse<String> response = http.send(
                request("/echo/upload")
                        .POST(BodyPublishers.ofInputStream(() -> new Zeros(TRANSFER)))
                        .build(),
                BodyHandlers.ofString());

        assertThat(response.body())
                .isEqualTo("{\"bytes\":%d,\"sha256\":\"%s\"}"
                        .formatted(TRANSFER, HexFormat.of().formatHex(digest.digest())));
    }

    @Test
    void downloadIsStreamedAndAlwaysTheSame() throws Exception {
        SplittableRandom random = new SplittableRandom(0);
        byte[] expected = new byte[MEBIBYTE];

        HttpResponse<InputStream> response = open("/echo/download?bytes=" + TRANSFER);

        assertThat(response.headers().firstValueAsLong("Content-Length")).hasValue(TRANSFER);
        try (InputStream body = response.body()) {
            for (int received = 0; received < TRANSFER; received += expected.length) {
                random.nextBytes(expected);
                assertThat(body.readNBytes(expected.length)).isEqualTo(expected);
            }
            assertThat(body.read()).isEqualTo(-1);
        }
    }

    @Test
    void readersThatStallCostNoMemory() throws Exception {
        try (Socket first = stalled();
                Socket second = stalled();
                Socket third = stalled()) {
            downloadIsStreamedAndAlwaysTheSame();
            assertThat(first.isClosed() || second.isClosed() || third.isClosed())
                    .isFalse();
        }
    }

    @Test
    void moreThanTenGigabytesCanBeAskedForAndLeftHalfway() throws Exception {
        long size = 11L * 1024 * MEBIBYTE;

        HttpResponse<InputStream> response = open("/echo/download?bytes=" + size);
        response.body().readNBytes(MEBIBYTE);
        response.body().close();

        assertThat(response.headers().firstValueAsLong("Content-Length")).hasValue(size);
        assertThat(http.send(request("/public/hello").build(), BodyHandlers.discarding())
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void noTokenIsEverLogged() throws Exception {
        for (String token : new String[] {
            issuer.token().sign(),
            issuer.token().expired(90).sign(),
            issuer.token().sign() + "x",
            "opaque-token"
        }) {
            http.send(
                    request("/api/books")
                            .header("Authorization", "Bearer " + token)
                            .build(),
                    BodyHandlers.discarding());
        }

        assertThat(bookstore.output()).doesNotContain("eyJ", "opaque-token");
    }

    private HttpResponse<InputStream> open(String path) throws IOException, InterruptedException {
        return http.send(request(path).build(), BodyHandlers.ofInputStream());
    }

    private static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + bookstore.port() + path));
    }

    private static Socket stalled() throws IOException {
        Socket socket = new Socket("localhost", bookstore.port());
        socket.getOutputStream()
                .write("GET /echo/download?bytes=1000000000 HTTP/1.1\r\nHost: localhost\r\n\r\n"
                        .getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    /** So many zeros, none of them kept. */
    private static final class Zeros extends InputStream {

        private int left;

        Zeros(int length) {
            this.left = length;
        }

        @Override
        public int read() {
            return left-- > 0 ? 0 : -1;
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            if (left <= 0) {
                return -1;
            }
            int count = Math.min(left, length);
            left -= count;
            return count;
        }
    }
}
