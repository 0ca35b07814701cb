package io.gatehouse.gateway.demo;

import io.gatehouse.gateway.fixture.Deployment;
import io.gatehouse.gateway.fixture.DeploymentPorts;
import io.gatehouse.gateway.fixture.Programs;
import java.nio.file.Path;
import java.util.Optional;
import redis.embedded.core.ExecutableProvider;

/** What README's run command starts: everything as real processes on this machine, until it is interrupted. */
final class Demo {

    private Demo() {}

    static void main(String[] arguments) throws Exception {
        endWithParent();
        Deployment deployment = start();
        announce(deployment);
        watch(deployment);
    }

    private static void watch(Deployment deployment) {
        Thread watching = Thread.currentThread();
        Runtime.getRuntime().addShutdownHook(new Thread(watching::interrupt));
        try {
            end(new Watch(deployment).untilTheEnd() + "; see gateway/target/processes.");
        } catch (InterruptedException stopping) {
            // Other shutdown hooks stop the parts: what has stopped now has not done so by itself.
        }
    }

    /** Maven may be killed without a chance to stop what it has started. */
    private static void endWithParent() {
        ProcessHandle.current().parent().ifPresent(maven -> maven.onExit().thenRun(() -> System.exit(1)));
    }

    private static Deployment start() throws Exception {
        try {
            DeploymentPorts ports = DeploymentPorts.ofDemo(System.getenv());
            ports.requireFree();
            System.out.println("Starting Redis, the Logto emulator with its Okta, the Bookstore and two replicas of"
                    + " Gatehouse ...");
            return Deployment.start(ports, redisServer());
        } catch (IllegalArgumentException | IllegalStateException failure) {
            end("The demo cannot start: " + failure.getMessage());
            throw failure;
        }
    }

    private static void end(String reason) {
        System.err.println(reason);
        System.exit(1);
    }

    /** A Redis on the PATH, or else the one that comes in a jar. */
    private static Path redisServer() throws Exception {
        Optional<Path> installed = Programs.find("redis-server");
        return installed.isPresent()
                ? installed.get()
                : ExecutableProvider.newJarResourceProvider().get().toPath();
    }

    private static void announce(Deployment deployment) {
        DeploymentPorts ports = deployment.ports();
        System.out.printf(
                """

                gateway-a=http://localhost:%d
                gateway-b=http://localhost:%d
                ops-a=http://127.0.0.1:%d
                ops-b=http://127.0.0.1:%d
                logto=%s
                okta=%s
                bookstore=%s
                redis=%s

                Sign in as alice (password Wonderland-42!), who may read and write books, or as bob (Builder-42!!), who may
                not, or as anybody@acme.test, who comes in through Okta and needs no password there.
                Logs are in gateway/target/processes. Ctrl-C stops everything.

                """,
                ports.gatewayA(),
                ports.gatewayB(),
                ports.opsA(),
                ports.opsB(),
                deployment.logto().endpoint(),
                deployment.logto().okta(),
                deployment.bookstore().url(),
                deployment.redis().url());
        System.out.println("Gatehouse is ready: http://localhost:" + ports.gatewayA());
    }
}
