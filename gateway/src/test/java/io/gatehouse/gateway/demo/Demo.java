package io.gatehouse.gateway.demo;

import io.gatehouse.gateway.fixture.Deployment;
import io.gatehouse.gateway.fixture.DeploymentPorts;
import io.gatehouse.gateway.fixture.Programs;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import redis.embedded.core.ExecutableProvider;

/** What README's run command starts: everything as real processes on this machine, until it is interrupted. */
final class Demo {

    private Demo() {}

    static void main(String[] arguments) throws Exception {
        DeploymentPorts ports = DeploymentPorts.ofDemo(System.getenv());
        Optional<String> complaint = ports.complaint();
        if (complaint.isPresent()) {
            System.err.println("The demo cannot start: " + complaint.get());
            System.exit(1);
        }
        System.out.println(
                "Starting Redis, the Logto emulator with its Okta, the Bookstore and two replicas of Gatehouse ...");
        Deployment deployment = Deployment.start(ports, redisServer());
        announce(deployment);
        watch(deployment);
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

    /** Shutdown hooks stop the parts; this only notices if one stops by itself. */
    private static void watch(Deployment deployment) throws InterruptedException {
        CountDownLatch never = new CountDownLatch(1);
        while (!never.await(1, TimeUnit.SECONDS)) {
            if (!deployment.isAlive()) {
                System.err.println("A part of the demo has stopped; see gateway/target/processes.");
                System.exit(1);
            }
        }
    }
}
