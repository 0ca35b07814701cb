package io.gatehouse.gateway.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.gateway.fixture.ChildProcess;
import io.gatehouse.gateway.fixture.DeploymentPorts;
import io.gatehouse.gateway.fixture.Ports;
import io.gatehouse.gateway.fixture.Programs;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** README's run command as a newcomer sees it, on other ports. */
class DemoIT {

    private static final Pattern READY = Pattern.compile("(?i)ready.*http://localhost");

    private final DeploymentPorts ports = DeploymentPorts.free();

    @Test
    void everythingIsAnnouncedOnceItIsUpAndStopsTogether() {
        ChildProcess demo = start("demo", environment());
        demo.await(() -> demo.output().contains("Gatehouse is ready"));

        List<String> lines = demo.output().lines().toList();
        assertThat(lines)
                .contains(
                        "gateway-a=http://localhost:" + ports.gatewayA(),
                        "gateway-b=http://localhost:" + ports.gatewayB(),
                        "ops-a=http://127.0.0.1:" + ports.opsA(),
                        "ops-b=http://127.0.0.1:" + ports.opsB(),
                        "logto=http://localhost:" + ports.logto(),
                        "okta=http://localhost:" + ports.okta(),
                        "bookstore=http://localhost:" + ports.bookstore());
        assertThat(lines.getLast()).isEqualTo("Gatehouse is ready: http://localhost:" + ports.gatewayA());
        assertThat(lines).filteredOn(READY.asPredicate()).hasSize(1);

        demo.close();
        assertThat(ports.complaint()).isEmpty();
    }

    @Test
    void portThatIsTakenIsNamedWithTheWayToMoveIt() throws Exception {
        try (ServerSocket taken = new ServerSocket(ports.logto())) {
            ChildProcess demo = start("demo-refused", environment());

            assertThat(demo.exitStatus()).isEqualTo(1);
            assertThat(demo.output()).contains("port " + taken.getLocalPort() + " is taken", "set DEMO_LOGTO_PORT");
        }
        assertThat(Ports.isTaken(ports.gatewayA())).isFalse();
    }

    private static ChildProcess start(String name, Map<String, String> environment) {
        return ChildProcess.start(
                name,
                Path.of("target", "processes", name + ".log"),
                environment,
                List.of(
                        Programs.java().toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("surefire.real.class.path", System.getProperty("java.class.path")),
                        Demo.class.getName()));
    }

    private Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>();
        environment.put("DEMO_GATEWAY_A_PORT", Integer.toString(ports.gatewayA()));
        environment.put("DEMO_GATEWAY_B_PORT", Integer.toString(ports.gatewayB()));
        environment.put("DEMO_OPS_A_PORT", Integer.toString(ports.opsA()));
        environment.put("DEMO_OPS_B_PORT", Integer.toString(ports.opsB()));
        environment.put("DEMO_LOGTO_PORT", Integer.toString(ports.logto()));
        environment.put("DEMO_OKTA_PORT", Integer.toString(ports.okta()));
        environment.put("DEMO_BOOKSTORE_PORT", Integer.toString(ports.bookstore()));
        return environment;
    }
}
