package io.gatehouse.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.gateway.fixture.AuditTrail;
import io.gatehouse.gateway.fixture.Browser;
import io.gatehouse.gateway.fixture.MountedSecrets;
import io.gatehouse.gateway.fixture.NamedUpstream;
import io.gatehouse.gateway.fixture.Scale;
import io.gatehouse.gateway.fixture.Stage;
import io.gatehouse.gateway.fixture.TestKeys;
import io.gatehouse.gateway.fixture.Traffic;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A running gateway whose routes file changes, and whose secrets change as Kubernetes changes mounted ones. */
class ReloadIT {

    private static final String FIRST_OPS_KEY = "the-first-ops-key-with-32-letters";
    private static final String SECOND_OPS_KEY = "the-second-ops-key-of-32-letters";
    private static final String FIRST_SESSION_KEY = TestKeys.entry("k1");
    private static final int RELOADS = Scale.of(20, 100);
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private static final Path DIRECTORY = temporary();
    private static final Path ROUTES = DIRECTORY.resolve("routes.yaml");
    private static final MountedSecrets SECRETS =
            new MountedSecrets(DIRECTORY.resolve("secrets"), secrets(FIRST_OPS_KEY, FIRST_SESSION_KEY));

    @RegisterExtension
    static final NamedUpstream ONE = new NamedUpstream("one");

    @RegisterExtension
    static final NamedUpstream OTHER = new NamedUpstream("other");

    static {
        write(ONE, "");
    }

    /** Nothing of a session is kept in memory, so that each request has to open it. */
    @RegisterExtension
    static final Stage STAGE = new Stage(Map.of(
                    "gatehouse.reload.interval",
                    "100ms",
                    "gatehouse.session.keys",
                    "",
                    "gatehouse.session.cache.size",
                    "0B"))
            .routedBy(ROUTES);

    @RegisterExtension
    final AuditTrail audit = new AuditTrail();

    @BeforeEach
    void beginWithTheFirstUpstreamAndKeys() {
        for (Runnable reset : List.<Runnable>of(
                () -> write(ONE, ""), () -> SECRETS.replaceWith(secrets(FIRST_OPS_KEY, FIRST_SESSION_KEY)))) {
            reset.run();
            STAGE.gateway().bean(Reload.class).look();
            STAGE.gateway().bean(Reload.class).look();
        }
    }

    @Test
    void changedRouteIsServed() {
        reload(() -> write(OTHER, ""));

        assertThat(lastReload()).isEqualTo("keys=\"[gatehouse.routes]\"");
        awaitOther();
        assertThat(metrics())
                .contains("gateway_config_in_force 1")
                .contains("gateway_config_reload_total{outcome=\"applied\"}");
    }

    @Test
    void routeThatIsTakenAwayIsNotServedAnyMore() {
        write(OTHER, "    - {id: more, path: /more/**, access: public, upstream: '" + ONE.url() + "'}");
        awaitOther();
        assertThat(answer("/more")).isEqualTo("one");

        write(OTHER, "");

        Awaitility.await()
                .untilAsserted(
                        () -> assertThat(new Browser().open(STAGE.url("/more")).status())
                                .isEqualTo(404));
    }

    @Test
    void invalidFileIsRefusedAndTheOldOneStaysInForce() {
        write(OTHER, "    - {id: more, path: /more/**, access: everybody, upstream: '" + ONE.url() + "'}");

        Awaitility.await().until(() -> !audit.events("configuration refused").isEmpty());
        assertThat(audit.events("configuration refused")).containsExactly("reason=\"invalid\"");
        assertThat(answer("/public")).isEqualTo("one");
        assertThat(metrics()).contains("gateway_config_in_force 0");

        write(OTHER, "");
        awaitOther();
        assertThat(metrics()).contains("gateway_config_in_force 1");
    }

    @Test
    void requestThatHasBegunEndsWhereItBegan() throws Exception {
        var waiting = HTTP.sendAsync(get("/late"), BodyHandlers.ofString());
        write(OTHER, "");
        awaitOther();

        ONE.answerLate();

        assertThat(waiting.get(10, TimeUnit.SECONDS).body()).isEqualTo("one");
    }

    @Test
    void openStreamsAndSocketsStayOpen() throws Exception {
        ONE.send("before");
        var stream = HTTP.send(get("/events"), BodyHandlers.ofLines());
        Iterator<String> lines = stream.body().iterator();
        assertThat(lines.next()).isEqualTo("data: before");
        CompletableFuture<String> echo = new CompletableFuture<>();
        WebSocket socket = HTTP.newWebSocketBuilder()
                .buildAsync(URI.create(STAGE.url("/socket").replace("http:", "ws:")), receiving(echo))
                .get(10, TimeUnit.SECONDS);

        write(OTHER, "");
        awaitOther();
        ONE.send("after");
        socket.sendText("still here", true);

        assertThat(Stream.generate(lines::next).limit(2)).contains("data: after");
        assertThat(echo.get(10, TimeUnit.SECONDS)).isEqualTo("still here");
        socket.abort();
    }

    @Test
    void operatorsNeedTheNewKeyAndNotTheOldOne() {
        reload(() -> SECRETS.replaceWith(secrets(SECOND_OPS_KEY, FIRST_SESSION_KEY)));

        assertThat(opsStatus(SECOND_OPS_KEY)).isEqualTo(200);
        assertThat(opsStatus(FIRST_OPS_KEY)).isEqualTo(401);
        assertThat(lastReload()).isEqualTo("keys=\"[gatehouse.ops.key]\"");
    }

    @Test
    void nobodyIsSignedOutWhileKeysAreRotated() {
        String next = TestKeys.entry("k2");
        Browser early = new Browser();
        STAGE.signInAsAlice(early);
        rotate(FIRST_SESSION_KEY + "," + next);
        rotate(next + "," + FIRST_SESSION_KEY);
        Browser late = new Browser();
        STAGE.signInAsAlice(late);

        assertThat(early.open(STAGE.url("/books")).status()).isEqualTo(200);
        rotate(next);

        assertThat(late.open(STAGE.url("/books")).status()).isEqualTo(200);
        assertThat(early.open(STAGE.url("/books")).status()).isEqualTo(503);
    }

    private void rotate(String keys) {
        reload(() -> SECRETS.replaceWith(secrets(FIRST_OPS_KEY, keys)));
    }

    @Test
    void noRequestFailsHoweverOftenItIsReloaded() {
        Browser alice = new Browser();
        STAGE.signInAsAlice(alice);
        String cookie = "gatehouse=" + alice.cookies().get("gatehouse");
        try (Traffic traffic =
                Traffic.start(100, List.of(STAGE.url("/public"), STAGE.url("/books")), List.of(cookie))) {
            for (int reload = 1; reload <= RELOADS; reload++) {
                NamedUpstream next = reload % 2 == 0 ? ONE : OTHER;
                reload(() -> write(next, ""));
            }

            assertThat(traffic.stop())
                    .hasSizeGreaterThan(RELOADS * 10)
                    .filteredOn(answer -> answer.status() != 200)
                    .isEmpty();
        }
    }

    /** Changes something, and waits until it is in force. */
    private void reload(Runnable change) {
        int before = reloads();
        change.run();
        Awaitility.await().until(() -> reloads() > before);
    }

    private int reloads() {
        return audit.events("configuration reloaded").size();
    }

    private String lastReload() {
        return audit.events("configuration reloaded").getLast();
    }

    private void awaitOther() {
        Awaitility.await().until(() -> answer("/public").equals("other"));
    }

    private static String answer(String path) {
        return new Browser().open(STAGE.url(path)).body();
    }

    private static String metrics() {
        return ops("/metrics", FIRST_OPS_KEY).body();
    }

    private static int opsStatus(String key) {
        return ops("/metrics", key).status();
    }

    private static Browser.Answer ops(String path, String key) {
        return new Browser().send("GET", STAGE.gateway().ops() + path, "", Map.of("Authorization", "Bearer " + key));
    }

    private static HttpRequest get(String path) {
        return HttpRequest.newBuilder(URI.create(STAGE.url(path)))
                .timeout(Duration.ofSeconds(20))
                .build();
    }

    private static WebSocket.Listener receiving(CompletableFuture<String> text) {
        return new WebSocket.Listener() {
            @Override
            public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
                text.complete(data.toString());
                return CompletableFuture.completedStage(null);
            }
        };
    }

    private static Map<String, String> secrets(String opsKey, String sessionKeys) {
        return Map.of("gatehouse.ops.key", opsKey, "gatehouse.session.keys", sessionKeys);
    }

    /** In one step, as a well-behaved program writes a file. */
    private static void write(NamedUpstream upstream, String more) {
        String routes = """
            spring.config.import: "configtree:%s/"
            gatehouse:
              routes:
                - {id: open, path: [/public/**, /late, /events, /socket], access: public, upstream: '%s'}
                - {id: books, path: /books/**, upstream: '%s'}
            """.formatted(SECRETS.folder(), upstream.url(), upstream.url());
        try {
            Path next = Files.writeString(DIRECTORY.resolve("routes.tmp"), routes + more + "\n");
            Files.move(next, ROUTES, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static Path temporary() {
        try {
            return Files.createTempDirectory("reload");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
