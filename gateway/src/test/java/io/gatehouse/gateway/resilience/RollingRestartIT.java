package io.gatehouse.gateway.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.gateway.fixture.Browser;
import io.gatehouse.gateway.fixture.Deployment;
import io.gatehouse.gateway.fixture.Replica;
import io.gatehouse.gateway.fixture.RunningDeployment;
import io.gatehouse.gateway.fixture.TestKeys;
import io.gatehouse.gateway.fixture.Traffic;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The real jars are restarted one after the other with other keys, behind a load balancer, while people are working.
 */
class RollingRestartIT {

    @RegisterExtension
    static final RunningDeployment RUNNING = new RunningDeployment();

    @Test
    void keysAreRotatedWithoutARequestRefusedOrAnybodySignedOut() {
        Deployment deployment = RUNNING.get();
        String old = deployment.sessionKeys();
        String added = TestKeys.entry("next");
        List<String> people = new ArrayList<>(List.of(signIn(), signIn(), signIn()));
        try (Traffic traffic = Traffic.start(50, urls(deployment.replicas()), people)) {
            restartAll(deployment, traffic, old + "," + added);
            restartAll(deployment, traffic, added + "," + old);

            assertThat(traffic.stop()).isNotEmpty().allMatch(answer -> answer.status() == 200);
        }
        assertThat(new Browser()
                        .with("gatehouse", signIn().split("=", 2)[1])
                        .open(deployment.b().url("/books"))
                        .status())
                .isEqualTo(200);
    }

    private static void restartAll(Deployment deployment, Traffic traffic, String keys) {
        deployment.replicas().forEach(replica -> {
            traffic.sendTo(urls(deployment.replicas().stream()
                    .filter(other -> other != replica)
                    .toList()));
            replica.with("GATEHOUSE_SESSION_KEYS", keys).startAgain();
            replica.await();
            traffic.sendTo(urls(deployment.replicas()));
        });
    }

    private static List<String> urls(List<Replica> replicas) {
        return replicas.stream().map(replica -> replica.url("/books")).toList();
    }

    private static String signIn() {
        return RUNNING.get().signIn(new Browser());
    }
}
