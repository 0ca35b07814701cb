package io.gatehouse.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ProcessIT {

    @Test
    void standardOutputHasTheAddressesAndThenOneLastLine() throws Exception {
        Process process = start("--port=0", "--okta-port=0", "--app-secret=supplied");
        try {
            List<String> lines = linesUpToStarted(process);

            assertThat(lines).hasSize(4);
            assertThat(lines.get(0)).matches("logto=http://localhost:\\d+");
            assertThat(lines.get(1)).matches("okta=http://localhost:\\d+");
            assertThat(lines.get(2)).isEqualTo("connector=acmeoktaconnector0001");
            assertThat(lines.get(3)).isEqualTo("emulator started");
            String endpoint = lines.getFirst().substring("logto=".length());
            assertThat(Answer.get(endpoint + "/oidc/jwks").status()).isEqualTo(200);
        } finally {
            process.destroy();
        }
        assertThat(process.waitFor(5, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void secretThatWasNotSuppliedIsGeneratedAndPrinted() throws Exception {
        Process process = start("--port=0", "--okta-port=0");
        try {
            assertThat(linesUpToStarted(process)).anyMatch(it -> it.matches("app-secret=[\\w-]{43}"));
        } finally {
            process.destroy();
        }
    }

    @Test
    void addressThatIsNotLoopbackExitsWithOne() throws Exception {
        Process process = start("--host=0.0.0.0");

        assertThat(process.waitFor()).isEqualTo(1);
        assertThat(new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8))
                .contains("loopback only");
    }

    @Test
    void takenPortIsNamedWithItsOption() {
        try (var first = RunningEmulator.start()) {
            int logto = URI.create(first.endpoint()).getPort();
            int okta = URI.create(first.oktaEndpoint()).getPort();

            assertThatExceptionOfType(InvalidOptionsException.class)
                    .isThrownBy(() -> RunningEmulator.start("--port=" + logto).close())
                    .withMessageContaining("port " + logto + " is taken; choose another with --port=");
            assertThatExceptionOfType(InvalidOptionsException.class)
                    .isThrownBy(
                            () -> RunningEmulator.start("--okta-port=" + okta).close())
                    .withMessageContaining("--okta-port=");
        }
    }

    @Test
    void idleConnectionsAreClosed() throws IOException {
        try (var emulator = RunningEmulator.start("--keep-alive=200ms");
                var socket =
                        new Socket("localhost", URI.create(emulator.endpoint()).getPort())) {
            socket.setSoTimeout(3000);
            socket.getOutputStream()
                    .write("GET /unknown-session HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.UTF_8));

            byte[] everything = socket.getInputStream().readAllBytes();

            assertThat(new String(everything, StandardCharsets.UTF_8)).startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void logHasOneLinePerRequestAndNoSecret() throws Exception {
        var lines = new ArrayList<String>();
        var options = EmulatorOptions.read(List.of("--port=0", "--okta-port=0"), Map.of(), RunningEmulator.SECRET);
        try (var emulator = Emulator.start(options, Clock.systemUTC(), new SecureRandom(), lines::add)) {
            var app = new App(emulator.endpoint(), "bookstore-gateway", RunningEmulator.SECRET);
            var tokens = app.tokens(new Browser(), app.request());

            assertThat(lines).contains("logto GET /oidc/auth 303", "logto POST /oidc/token 200");
            assertThat(lines).contains("logto GET /oidc/auth/* 303");
            assertThat(String.join("\n", lines))
                    .doesNotContain("Wonderland")
                    .doesNotContain(tokens.path("access_token").asString())
                    .doesNotContain("code=");
        }
    }

    private static List<String> linesUpToStarted(Process process) throws IOException {
        var lines = new ArrayList<String>();
        var reader = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String line;
        while ((line = reader.readLine()) != null) {
            lines.add(line);
            if (line.equals("emulator started")) {
                break;
            }
        }
        return lines;
    }

    private static Process start(String... arguments) throws IOException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                EmulatorApplication.class.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).start();
    }
}
