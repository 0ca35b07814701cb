package io.gatehouse.gateway.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.gateway.fixture.Browser;
import io.gatehouse.gateway.fixture.Deployment;
import io.gatehouse.gateway.fixture.ProcessMemory;
import io.gatehouse.gateway.fixture.RawSocket;
import io.gatehouse.gateway.fixture.RawSocket.Frame;
import io.gatehouse.gateway.fixture.RunningDeployment;
import io.gatehouse.gateway.fixture.Scale;
import io.gatehouse.gateway.fixture.Transfer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * What is large, slow or open for long, through the gateway's jar with a heap of 256 MB. The heap is taken from the
 * system as a whole at start, so that what the process has more of later is not heap.
 */
class StreamingIT {

    private static final long MEGA = 1 << 20;
    private static final long SIZE = Scale.of(256, 10 * 1024) * MEGA;
    private static final int HELD = Scale.of(100, 1000);
    private static final Duration HOLD = Scale.of(Duration.ofSeconds(20), Duration.ofMinutes(10));
    private static final Duration PAUSE = Scale.of(Duration.ofSeconds(3), Duration.ofSeconds(60));

    /** Of each slow transfer, of which there are so many: more than the gateway could keep anywhere. */
    private static final int SLOW = 10;

    private static final long SLOW_SIZE = 64 * MEGA;

    /** What the process may have more of than before; pools of buffers among it. */
    private static final long MOST_MORE = 64 * MEGA;

    @RegisterExtension
    static final RunningDeployment DEPLOYMENT =
            new RunningDeployment(Map.of("JAVA_TOOL_OPTIONS", "-Xms256m -XX:+AlwaysPreTouch"));

    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .build();

    private String cookie = "";

    /** Everything has been used once when memory is first looked at. */
    @BeforeEach
    void signInAndWarmUp() {
        cookie = deployment().signIn(new Browser());
        download(8 * MEGA);
        upload(8 * MEGA);
    }

    @Test
    void downloadArrivesWhole() {
        ProcessMemory before = memory();
        long begun = System.nanoTime();

        assertThat(download(SIZE)).isEqualTo(Transfer.sha256(SIZE));

        report("download of " + SIZE / MEGA + " MB", begun, before);
    }

    @Test
    void uploadArrivesWhole() {
        ProcessMemory before = memory();
        long begun = System.nanoTime();

        upload(SIZE);

        report("upload of " + SIZE / MEGA + " MB", begun, before);
    }

    @Test
    void slowReadersAreNotReadFor() {
        ProcessMemory before = memory();
        long begun = System.nanoTime();
        List<Transfer> readers = several(() -> Transfer.download(url(""), cookie, SLOW_SIZE));

        readers.forEach(reader -> reader.receive(MEGA));
        LockSupport.parkNanos(PAUSE.toNanos());
        assertNotMuchMoreThan(before);

        String whole = Transfer.sha256(SLOW_SIZE);
        readers.forEach(reader -> assertThat(reader.receive(SLOW_SIZE).digest()).isEqualTo(whole));
        readers.forEach(Transfer::close);
        report(SLOW + " downloads of 64 MB that were not read for " + PAUSE, begun, before);
    }

    @Test
    void slowSendersAreNotCollected() {
        ProcessMemory before = memory();
        long begun = System.nanoTime();
        List<Transfer> senders = several(() -> Transfer.upload(url(""), cookie, SLOW_SIZE));

        senders.forEach(sender -> sender.send(SLOW_SIZE / 2));
        LockSupport.parkNanos(PAUSE.toNanos());
        assertNotMuchMoreThan(before);

        for (Transfer sender : senders) {
            sender.send(SLOW_SIZE);
            assertThat(sender.answer()).isEqualTo(receipt(SLOW_SIZE, sender.digest()));
            sender.close();
        }
        report(SLOW + " uploads of 64 MB that paused for " + PAUSE, begun, before);
    }

    @Test
    void eventPassesBeforeTheNextOneIsSent() {
        Duration interval = Duration.ofSeconds(2);
        List<Long> arrivals =
                events(3, interval).map(event -> System.nanoTime()).toList();

        assertThat(arrivals).hasSize(3);
        for (int i = 1; i < arrivals.size(); i++) {
            Duration between = Duration.ofNanos(arrivals.get(i) - arrivals.get(i - 1));
            assertThat(between).isGreaterThan(interval.dividedBy(2));
        }
    }

    @Test
    void streamsAndSocketsStayOpenAndWork() throws Exception {
        ProcessMemory before = memory();
        long begun = System.nanoTime();
        int seconds = Math.toIntExact(HOLD.toSeconds());
        try (ExecutorService people = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Integer>> held = new ArrayList<>();
            for (int i = 0; i < HELD; i++) {
                held.add(() -> (int) events(seconds, Duration.ofSeconds(1)).count());
                held.add(() -> exchanges(seconds));
            }
            List<Future<Integer>> all = held.stream().map(people::submit).toList();

            for (Future<Integer> each : all) {
                assertThat(each.get()).isEqualTo(seconds);
            }
        }
        report(HELD + " event streams and as many WebSockets", begun, before);
    }

    /** How often a ping and a message came back, one each second. */
    private int exchanges(int times) {
        try (RawSocket page = RawSocket.open(url(""), "/echo/ws", "Cookie: " + cookie + "\r\n")) {
            assertThat(page.head()).startsWith("HTTP/1.1 101 ");
            for (int i = 0; i < times; i++) {
                String text = "message " + i;
                page.send(Frame.of(RawSocket.PING, text));
                assertThat(page.receive()).isEqualTo(Frame.of(RawSocket.PONG, text));
                page.send(Frame.of(RawSocket.TEXT, text));
                assertThat(page.receive()).isEqualTo(Frame.of(RawSocket.TEXT, text));
                LockSupport.parkNanos(Duration.ofSeconds(1).toNanos());
            }
            return times;
        }
    }

    /** Those that come, one at a time. */
    private Stream<String> events(int count, Duration interval) {
        String path = "/echo/sse?count=%d&intervalMillis=%d".formatted(count, interval.toMillis());
        HttpRequest request = HttpRequest.newBuilder(URI.create(url(path)))
                .header("Cookie", cookie)
                .header("Accept", "text/event-stream")
                .build();
        try {
            HttpResponse<Stream<String>> response = HTTP.send(request, HttpResponse.BodyHandlers.ofLines());
            assertThat(response.statusCode()).isEqualTo(200);
            return response.body().filter(line -> line.startsWith("data:"));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    private String download(long bytes) {
        try (Transfer transfer = Transfer.download(url(""), cookie, bytes)) {
            return transfer.receive(bytes).digest();
        }
    }

    private void upload(long bytes) {
        try (Transfer transfer = Transfer.upload(url(""), cookie, bytes)) {
            transfer.send(bytes);
            assertThat(transfer.answer()).isEqualTo(receipt(bytes, transfer.digest()));
        }
    }

    private static String receipt(long bytes, String sha256) {
        return "{\"bytes\":%d,\"sha256\":\"%s\"}".formatted(bytes, sha256);
    }

    private static List<Transfer> several(Callable<Transfer> transfer) {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Transfer>> all = IntStream.range(0, SLOW)
                    .mapToObj(any -> threads.submit(transfer))
                    .toList();
            return all.stream().map(StreamingIT::get).toList();
        }
    }

    private static Transfer get(Future<Transfer> future) {
        try {
            return future.get();
        } catch (ExecutionException failure) {
            throw new IllegalStateException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    private static void report(String what, long begun, ProcessMemory before) {
        ProcessMemory after = assertNotMuchMoreThan(before);
        double seconds = (System.nanoTime() - begun) / 1e9;
        System.out.printf("%s: %.1f s, before %s, after %s%n", what, seconds, before, after);
    }

    private static ProcessMemory assertNotMuchMoreThan(ProcessMemory before) {
        ProcessMemory now = memory();
        assertThat(now.heap()).isLessThan(before.heap() + MOST_MORE);
        assertThat(now.resident()).isLessThan(before.resident() + MOST_MORE);
        return now;
    }

    private static ProcessMemory memory() {
        return deployment().a().memory();
    }

    private static String url(String path) {
        return deployment().a().url(path);
    }

    private static Deployment deployment() {
        return DEPLOYMENT.get();
    }
}
