package io.gatehouse.gateway.demo;

import io.gatehouse.gateway.fixture.Deployment;
import io.gatehouse.gateway.fixture.Replica;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Looks after the running demo. A replica that has stopped is started again, as a cluster would do it; without any
 * other part there is nothing to show.
 */
final class Watch {

    private static final Duration INTERVAL = Duration.ofSeconds(1);

    private final Deployment deployment;
    private final Set<Replica> starting = new HashSet<>();

    Watch(Deployment deployment) {
        this.deployment = deployment;
    }

    /** Returns when the demo cannot go on, and says why. */
    String untilTheEnd() throws InterruptedException {
        Optional<String> stopped = stopped();
        while (stopped.isEmpty()) {
            deployment.replicas().forEach(this::lookAfter);
            Thread.sleep(INTERVAL);
            stopped = stopped();
        }
        return stopped.get() + " has stopped";
    }

    /** A replica counts if it has stopped once more before it was ready. */
    private Optional<String> stopped() {
        return deployment
                .stoppedPart()
                .or(() -> starting.stream()
                        .filter(replica -> !replica.isAlive())
                        .map(Replica::name)
                        .findFirst());
    }

    private void lookAfter(Replica replica) {
        if (!replica.isAlive()) {
            System.out.println(replica.name() + " has stopped and is started again.");
            replica.startAgain();
            starting.add(replica);
        } else if (starting.contains(replica) && replica.isReady()) {
            System.out.println(replica.name() + " is back.");
            starting.remove(replica);
        }
    }
}
