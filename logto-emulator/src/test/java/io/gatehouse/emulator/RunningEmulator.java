package io.gatehouse.emulator;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** One emulator for all tests of a JVM, as it was at its start before each of them. */
final class RunningEmulator implements BeforeEachCallback {

    static final String SECRET = "a+secret/with%odd&characters";

    private static final Emulator EMULATOR = start();

    private static Emulator start() {
        return start("--app-secret=" + SECRET);
    }

    /** An emulator of the test's own; the test closes it. */
    static Emulator start(String... options) {
        var arguments = new ArrayList<>(List.of("--port=0", "--okta-port=0"));
        arguments.addAll(List.of(options));
        return Emulator.start(
                EmulatorOptions.read(arguments, Map.of(), SECRET), Clock.systemUTC(), new SecureRandom(), _ -> {});
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        EMULATOR.reset();
    }

    String endpoint() {
        return EMULATOR.endpoint();
    }

    String issuer() {
        return endpoint() + "/oidc";
    }

    String okta() {
        return EMULATOR.oktaEndpoint();
    }

    String connector() {
        return EMULATOR.connectorId();
    }

    App app() {
        return new App(endpoint(), "bookstore-gateway", SECRET);
    }

    Control control() {
        return new Control(endpoint());
    }

    /** Lets time pass. */
    void advance(Duration duration) {
        control().put("/control/clock", Map.of("offset", duration.toString()));
    }

    void setLifetime(String name, String duration) {
        control().patch("/control/lifetimes", Map.of(name, duration));
    }
}
