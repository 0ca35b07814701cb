package io.gatehouse.bookstore;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The jar in a process of its own.
 *
 * @param log what it writes, on standard output and error
 */
record BookstoreProcess(Process process, Path log) implements AutoCloseable {

    private static final Pattern ADDRESS = Pattern.compile("bookstore=http://localhost:(\\d+)");

    static BookstoreProcess start(Issuer issuer, Path log, String port) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx48m",
                "-XX:MaxDirectMemorySize=48m",
                "-XX:TieredStopAtLevel=1",
                "-jar",
                Path.of("target", "sample-backend.jar").toString());
        builder.environment().put("BOOKSTORE_ISSUER", issuer.uri());
        builder.environment().put("SERVER_PORT", port);
        builder.redirectErrorStream(true).redirectOutput(log.toFile());
        return new BookstoreProcess(builder.start(), log);
    }

    void awaitStart() {
        await().atMost(Duration.ofSeconds(30)).until(() -> output().contains("bookstore started"));
    }

    /** The exit code. */
    int awaitEnd() throws InterruptedException {
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            throw new AssertionError("still running: " + output());
        }
        return process.exitValue();
    }

    int port() {
        Matcher address = ADDRESS.matcher(output());
        if (!address.find()) {
            throw new AssertionError("no address: " + output());
        }
        return Integer.parseInt(address.group(1));
    }

    String output() {
        try {
            return Files.readString(log);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public void close() {
        process.destroy();
    }
}
