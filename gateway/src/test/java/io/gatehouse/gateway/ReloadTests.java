package io.gatehouse.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.gateway.audit.AuditLog;
import io.gatehouse.gateway.fixture.AuditTrail;
import io.gatehouse.gateway.fixture.TestCertificates;
import io.gatehouse.gateway.fixture.TestKeys;
import io.gatehouse.gateway.route.GatewayRoute;
import io.gatehouse.gateway.route.RouteTable;
import io.gatehouse.gateway.webhook.SigningKeys;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

class ReloadTests {

    private static final String APP = """
        gatehouse:
          routes:
            - {id: app, path: /**, upstream: "http://app:3000"}
        """;
    private static final String OTHER = APP.replace("app:3000", "other:3000");

    @RegisterExtension
    final AuditTrail audit = new AuditTrail();

    @TempDir
    Path directory;

    private final Map<String, Object> environment = new HashMap<>(Map.of(
            "GATEHOUSE_PUBLIC_URL", "https://app.example",
            "GATEHOUSE_LOGTO_ENDPOINT", "https://tenant.logto.app",
            "GATEHOUSE_LOGTO_APP_ID", "app",
            "GATEHOUSE_LOGTO_MACHINE_APP_ID", "machine"));
    private final List<Object> published = new ArrayList<>();
    private final MeterRegistry registry = new SimpleMeterRegistry();

    private GatehouseProperties running;
    private RouteTable routes;
    private Reload reload;

    @BeforeEach
    void start() throws IOException {
        secret("GATEHOUSE_LOGTO_APP_SECRET", "first");
        secret("GATEHOUSE_LOGTO_MACHINE_APP_SECRET", "first");
        secret("GATEHOUSE_LOGTO_WEBHOOK_SIGNING_KEYS", "first-key-of-the-webhook");
        secret("GATEHOUSE_SESSION_KEYS", TestKeys.entry("k1"));
        secret("GATEHOUSE_RELAY_ASSERTION_KEYS", TestKeys.assertionPair());
        secret("GATEHOUSE_OPS_KEY", "the-first-ops-key-with-32-letters");
        secret("GATEHOUSE_REDIS_URL", "redis://:first@redis:6379");
        write(APP);
        restart();
    }

    private void restart() {
        StandardEnvironment spring = spring();
        running = ConfigurationReader.read(spring);
        routes = new RouteTable(running.effectiveRoutes());
        SigningKeys webhooks = new SigningKeys(running.logto().webhookSigningKeys());
        LiveParts parts = new LiveParts(running, routes, webhooks, published::add);
        reload = new Reload(
                spring,
                new ConfigurationFiles(spring),
                new LiveSites(parts, Map::of),
                new AuditLog(),
                new ReloadCount(registry));
    }

    @Test
    void changedRoutesAreTakenOverOnceTheyHaveSettled() throws IOException {
        write(OTHER);

        reload.look();
        assertThat(upstream()).isEqualTo("http://app:3000");
        reload.look();
        assertThat(upstream()).isEqualTo("http://other:3000");
        assertThat(published).hasSize(1);
        assertThat(audit.events("configuration reloaded")).containsExactly("keys=\"[gatehouse.routes]\"");
    }

    @Test
    void fileThatIsStillBeingWrittenIsLeftAlone() throws IOException {
        for (int number = 1; number < 10; number++) {
            write(APP.replace("3000", "300" + number));
            reload.look();
        }

        assertThat(upstream()).isEqualTo("http://app:3000");
        assertThat(audit.events("configuration reloaded")).isEmpty();
    }

    @Test
    void fileThatWasEmptiedIsRefused() throws IOException {
        write("");

        lookTwice();

        assertThat(audit.events("configuration refused")).containsExactly("reason=\"invalid\"");
        assertThat(upstream()).isEqualTo("http://app:3000");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gatehouse: {routes: [{id: app, path: nowhere, upstream: 'http://app:3000'}]}",
                "gatehouse: {routes: [{id: app, path: /**, upstraem: 'http://app:3000'}]}",
                "gatehouse: {routes: [{id: app, path: /**}]}",
                "gatehouse: {routes: [{id: app, path: /**, upstream: 'http://app:3000', relay: {token: app}}]}"
            })
    void invalidRoutesAreRefusedAsAWhole(String text) throws IOException {
        write(text + "\n");

        lookTwice();

        assertThat(audit.events("configuration refused")).containsExactly("reason=\"invalid\"");
        assertThat(upstream()).isEqualTo("http://app:3000");
        assertThat(inForce()).isZero();
    }

    @Test
    void fileThatIsNoYamlIsRefused() throws IOException {
        write("gatehouse: [");

        lookTwice();

        assertThat(audit.events("configuration refused")).containsExactly("reason=\"unreadable\"");
        assertThat(upstream()).isEqualTo("http://app:3000");
    }

    @Test
    void fileThatHasGoneIsRefused() throws IOException {
        Files.delete(file());

        lookTwice();

        assertThat(audit.events("configuration refused")).containsExactly("reason=\"unreadable\"");
        assertThat(upstream()).isEqualTo("http://app:3000");
    }

    @Test
    void refusalIsSaidOnceAndTheNextGoodFileIsTaken() throws IOException {
        write("gatehouse: [");
        lookTwice();
        lookTwice();
        write(OTHER);
        lookTwice();

        assertThat(audit.events("configuration refused")).hasSize(1);
        assertThat(upstream()).isEqualTo("http://other:3000");
        assertThat(inForce()).isOne();
    }

    @Test
    void fileThatIsAsBeforeAgainIsInForceAgain() throws IOException {
        write("gatehouse: [");
        lookTwice();
        write(APP);
        lookTwice();

        assertThat(inForce()).isOne();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "  session: {idle-timeout: 5m}",
                "  pages: {name: Acme}",
                "  redis: {namespace: other}",
                "  connectors: {okta: c1}"
            })
    void whatOnlyARestartCanChangeIsRefusedWithEverythingElse(String more) throws IOException {
        write(OTHER + more + "\n");

        lookTwice();

        assertThat(audit.events("configuration refused")).containsExactly("reason=\"restart-needed\"");
        assertThat(upstream()).isEqualTo("http://app:3000");
    }

    @Test
    void otherRedisNeedsARestart() throws IOException {
        secret("GATEHOUSE_REDIS_URL", "redis://:first@elsewhere:6379");

        lookTwice();

        assertThat(audit.events("configuration refused")).containsExactly("reason=\"restart-needed\"");
    }

    @Test
    void secretThatWasNotThereNeedsARestart() throws IOException {
        environment.remove("GATEHOUSE_OPS_KEY_FILE");
        restart();
        write(APP + "  ops: {key: the-other-ops-key-with-32-letters}\n");

        lookTwice();

        assertThat(audit.events("configuration refused")).containsExactly("reason=\"restart-needed\"");
    }

    @Test
    void secretsOfTheIdpAreReplaced() throws IOException {
        secret("GATEHOUSE_LOGTO_APP_SECRET", "second");
        secret("GATEHOUSE_LOGTO_MACHINE_APP_SECRET", "third");

        lookTwice();

        assertThat(running.logto().appSecret().value()).isEqualTo("second");
        assertThat(running.logto().machineAppSecret().value()).isEqualTo("third");
        assertThat(audit.events("configuration reloaded"))
                .containsExactly("keys=\"[gatehouse.logto.app-secret, gatehouse.logto.machine-app-secret]\"");
    }

    @Test
    void keysAreReplaced() throws IOException {
        secret("GATEHOUSE_SESSION_KEYS", TestKeys.entry("k2") + "," + TestKeys.entry("k1"));
        secret("GATEHOUSE_RELAY_ASSERTION_KEYS", TestKeys.assertionPair());
        String before = running.relay().keys().toString();

        lookTwice();

        assertThat(running.session().keys()).hasToString("[k2, k1]");
        assertThat(running.relay().keys().toString()).isNotEqualTo(before);
    }

    @ParameterizedTest
    @MethodSource
    void badSecretIsRefusedAndNeverPrinted(String variable, String value) throws IOException {
        secret(variable, value);

        lookTwice();

        assertThat(audit.events("configuration refused")).containsExactly("reason=\"invalid\"");
        assertThat(running.session().keys()).hasToString("[k1]");
    }

    static Stream<Arguments> badSecretIsRefusedAndNeverPrinted() {
        return Stream.of(
                Arguments.of("GATEHOUSE_SESSION_KEYS", "k2:short"),
                Arguments.of("GATEHOUSE_OPS_KEY", "short"),
                Arguments.of("GATEHOUSE_RELAY_ASSERTION_KEYS", "no PEM"),
                Arguments.of("GATEHOUSE_REDIS_URL", "http://redis"));
    }

    @Test
    void renewedCertificateOfARouteIsReadAgain() throws IOException {
        Path ca = Files.copy(TestCertificates.issued("one").ca(), directory.resolve("ca.pem"));
        write(APP.replace("http://app:3000\"", "https://app:3000\", tls: {ca: '" + ca + "'}"));
        restart();
        GatewayRoute before = route();

        Files.copy(TestCertificates.issued("two").ca(), ca, StandardCopyOption.REPLACE_EXISTING);
        lookTwice();

        assertThat(audit.events("configuration reloaded")).containsExactly("keys=\"[gatehouse.routes]\"");
        assertThat(route()).isNotEqualTo(before);
    }

    @Test
    void routeThatStaysAsItIsKeepsWhatIsKnownOfIt() throws IOException {
        GatewayRoute before = route();

        write(APP + "    - {id: more, path: /more, upstream: 'http://more:3000'}\n");
        lookTwice();

        assertThat(route()).isSameAs(before);
    }

    @Test
    void passwordOfRedisIsReplaced() throws IOException {
        secret("GATEHOUSE_REDIS_URL", "redis://:second@redis:6379");

        lookTwice();

        assertThat(audit.events("configuration reloaded")).containsExactly("keys=\"[gatehouse.redis.url]\"");
    }

    private void lookTwice() {
        reload.look();
        reload.look();
    }

    private GatewayRoute route() {
        return GatewayRoute.of(Objects.requireNonNull(routes.getRoutes().blockFirst()));
    }

    private double inForce() {
        return registry.get("gateway.config.in.force").gauge().value();
    }

    private String upstream() {
        return String.valueOf(Objects.requireNonNull(
                routes.find("GET", "/", null).orElseThrow().upstream().getFirst()));
    }

    private Path file() {
        return directory.resolve("application.yml");
    }

    private void write(String text) throws IOException {
        Files.writeString(file(), "server.forward-headers-strategy: none\n" + text);
    }

    private void secret(String variable, String value) throws IOException {
        Path secret = Files.writeString(directory.resolve(variable), value + "\n");
        environment.put(variable + "_FILE", secret.toString());
    }

    private StandardEnvironment spring() {
        StandardEnvironment spring = new StandardEnvironment();
        spring.getPropertySources()
                .replace(
                        StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                        new SystemEnvironmentPropertySource(
                                StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, environment));
        spring.getPropertySources()
                .addFirst(new MapPropertySource(
                        "arguments",
                        Map.of("spring.config.location", file().toUri().toString())));
        ConfigurationPropertySources.attach(spring);
        ConfigDataEnvironmentPostProcessor.applyTo(spring);
        return spring;
    }
}
