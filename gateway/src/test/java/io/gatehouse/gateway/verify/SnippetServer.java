package io.gatehouse.gateway.verify;

import io.gatehouse.gateway.fixture.ChildProcess;
import io.gatehouse.gateway.fixture.Ports;
import io.gatehouse.gateway.fixture.Programs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/** A service in another language: a directory with what it needs, and the process. */
final class SnippetServer {

    private static final Path SNIPPETS = Path.of("..", "docs", "verify");
    private static final Path APPS = Path.of("src", "test", "verify");

    private final Path directory;
    private final int port = Ports.free();
    private @Nullable ChildProcess process;

    SnippetServer(String name) {
        this.directory = Path.of("target", "verify", name).toAbsolutePath();
        try {
            Files.createDirectories(directory);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** A program on the PATH; without it the test is skipped, and says why. */
    static String program(String name) {
        Optional<Path> found = Programs.find(name);
        Assumptions.assumeTrue(found.isPresent(), name + " is not on this machine");
        return found.orElseThrow().toString();
    }

    Path directory() {
        return directory;
    }

    String url() {
        return "http://127.0.0.1:" + port;
    }

    int port() {
        return port;
    }

    SnippetServer withSnippet(String file) {
        return copy(SNIPPETS.resolve(file));
    }

    SnippetServer withApp(String file) {
        return copy(APPS.resolve(file));
    }

    /** Runs a command in the directory, unless an earlier run has made this file. */
    SnippetServer unless(String made, String... command) {
        if (!Files.exists(directory.resolve(made))) {
            run(command);
        }
        return this;
    }

    void start(Signer signer, String... command) {
        Map<String, String> environment = Map.of(
                "PUBLIC_URL", signer.publicUrl(),
                "ROUTE", Signer.ROUTE,
                "ISSUER", signer.issuer(),
                "RESOURCE", Signer.RESOURCE,
                "PORT", Integer.toString(port));
        process = ChildProcess.start(
                        directory.getFileName().toString(), directory.resolve("log"), environment, List.of(command))
                .await(() -> Ports.isTaken(port));
    }

    void stop() {
        if (process != null) {
            process.close();
        }
    }

    private void run(String... command) {
        try {
            Path log = directory.resolve("install.log");
            Process install = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            if (install.waitFor() != 0) {
                throw new IllegalStateException(List.of(command) + " failed; see " + log);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    private SnippetServer copy(Path file) {
        try {
            Files.copy(file, directory.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            return this;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
