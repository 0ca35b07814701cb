package io.gatehouse.gateway.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.gateway.fixture.ChildProcess;
import io.gatehouse.gateway.fixture.DeploymentPorts;
import io.gatehouse.gateway.fixture.Ports;
import io.gatehouse.gateway.fixture.Programs;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** README's run command as a newcomer sees it, on other ports. */
class DemoIT {

    private static final Pattern READY = Pattern.compile("(?i)ready.*http://localhost");

    private final DeploymentPorts ports = DeploymentPorts.free();

    @Test
    void everythingIsAnnouncedOnceItIsUpAndStopsTogether() {
        ChildProcess demo = ready("demo");

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
        assertReadyOnce(demo);

        demo.close();
        assertThat(ports.areFree()).isTrue();
        assertThat(demo.output().lines()).containsExactlyElementsOf(lines);
    }

    @Test
    void replicaThatStopsIsStartedAgainButWithoutRedisTheDemoEnds() {
        ChildProcess demo = ready("demo-stopped");

        kill(demo, "gateway.jar");
        demo.await(() -> demo.output().contains(" is back."));
        assertThat(demo.output()).containsPattern("gateway-[ab] has stopped and is started again");
        assertReadyOnce(demo);

        kill(demo, "redis");
        assertThat(demo.exitStatus()).isEqualTo(1);
        assertThat(demo.output()).contains("Redis has stopped");
        assertThat(ports.areFree()).isTrue();
    }

    /** The shell stands for Maven, killed while the parts are still starting. */
    @Test
    void nothingIsLeftBehindWhenItsParentIsKilled() {
        List<String> shell = new ArrayList<>(List.of("sh", "-c", "\"$@\"; exit", "sh"));
        shell.addAll(command());
        ChildProcess maven = ChildProcess.start("demo-orphan", log("demo-orphan"), environment(), shell);
        maven.await(() -> Ports.isTaken(ports.logto()));

        maven.kill();

        Awaitility.await().atMost(Duration.ofSeconds(30)).until(ports::areFree);
    }

    @Test
    void everyPortThatIsTakenIsNamedWithTheWayToMoveIt() throws Exception {
        try (ServerSocket logto = new ServerSocket(ports.logto());
                ServerSocket ops = new ServerSocket(ports.opsB())) {
            ChildProcess demo = start("demo-refused", environment());

            assertThat(demo.exitStatus()).isEqualTo(1);
            assertThat(demo.output())
                    .contains("port " + logto.getLocalPort() + " is taken", "set DEMO_LOGTO_PORT")
                    .contains("port " + ops.getLocalPort() + " is taken", "set DEMO_OPS_B_PORT")
                    .doesNotContain("Exception");
        }
        assertThat(Ports.isTaken(ports.gatewayA())).isFalse();
    }

    private ChildProcess ready(String name) {
        ChildProcess demo = start(name, environment());
        return demo.await(() -> demo.output().contains("Gatehouse is ready"));
    }

    private static void assertReadyOnce(ChildProcess demo) {
        assertThat(demo.output().lines()).filteredOn(READY.asPredicate()).hasSize(1);
    }

    private static void kill(ChildProcess demo, String program) {
        demo.children()
                .filter(child -> child.info().commandLine().orElse("").contains(program))
                .findFirst()
                .orElseThrow()
                .destroyForcibly();
    }

    private static ChildProcess start(String name, Map<String, String> environment) {
        return ChildProcess.start(name, log(name), environment, command());
    }

    private static Path log(String name) {
        return Path.of("target", "processes", name + ".log");
    }

    private static List<String> command() {
        return List.of(
                Programs.java().toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("surefire.real.class.path", System.getProperty("java.class.path")),
                Demo.class.getName());
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
