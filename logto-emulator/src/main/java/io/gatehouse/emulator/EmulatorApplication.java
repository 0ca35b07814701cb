package io.gatehouse.emulator;

import io.gatehouse.emulator.session.Identifiers;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** The emulator as a process. */
public final class EmulatorApplication {

    private EmulatorApplication() {}

    public static void main(String[] arguments) throws InterruptedException {
        var random = new SecureRandom();
        String generatedSecret = new Identifiers(random).secret();
        try {
            var options = EmulatorOptions.read(List.of(arguments), System.getenv(), generatedSecret);
            var emulator = Emulator.start(options, Clock.systemUTC(), random, System.err::println);
            announce(emulator, options, generatedSecret);
            closeAtTheEnd(emulator);
        } catch (InvalidOptionsException invalid) {
            System.err.println(invalid.getMessage());
            System.exit(1);
        }
    }

    /** A secret that was supplied is not repeated. */
    private static void announce(Emulator emulator, EmulatorOptions options, String generatedSecret) {
        System.out.println("logto=" + emulator.endpoint());
        System.out.println("okta=" + emulator.oktaEndpoint());
        System.out.println("connector=" + emulator.connectorId());
        if (options.appSecret().matches(generatedSecret)) {
            System.out.println("app-secret=" + generatedSecret);
        }
        System.out.println("emulator started");
    }

    private static void closeAtTheEnd(Emulator emulator) throws InterruptedException {
        var ended = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            emulator.close();
            ended.countDown();
        }));
        ended.await();
    }
}
