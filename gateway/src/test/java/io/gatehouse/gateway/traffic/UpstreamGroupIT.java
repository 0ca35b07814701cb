package io.gatehouse.gateway.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.gateway.fixture.Browser;
import io.gatehouse.gateway.fixture.Browser.Answer;
import io.gatehouse.gateway.fixture.FullListener;
import io.gatehouse.gateway.fixture.GroupMember;
import io.gatehouse.gateway.fixture.Ports;
import io.gatehouse.gateway.fixture.RawSocket;
import io.gatehouse.gateway.fixture.RawSocket.Frame;
import io.gatehouse.gateway.fixture.Scale;
import io.gatehouse.gateway.fixture.SocketUpstream;
import io.gatehouse.gateway.fixture.Stage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Upstreams that have several addresses. */
class UpstreamGroupIT {

    private static final List<GroupMember> MEMBERS =
            Stream.generate(GroupMember::new).limit(3).toList();
    private static final int PEOPLE = 8;
    private static final int REQUESTS = Scale.of(2000, 50_000);

    private static int tests;

    private static final List<String> NOBODY =
            Ports.free(2).stream().map(port -> "http://127.0.0.1:" + port).toList();

    @RegisterExtension
    static final SocketUpstream SOCKETS = new SocketUpstream();

    @RegisterExtension
    static final FullListener UNREACHABLE = new FullListener();

    @RegisterExtension
    static final Stage STAGE = new Stage(routes());

    private final Browser browser = new Browser();

    private static Map<String, String> routes() {
        Map<String, String> settings = new HashMap<>();
        settings.put(
                "gatehouse.routes[0].upstream",
                MEMBERS.stream().map(GroupMember::url).collect(Collectors.joining(",")));
        settings.put("gatehouse.routes[0].retry.attempts", "1");
        settings.put("gatehouse.routes[0].retry.budget", "100");
        settings.put("gatehouse.routes[4].path", "/books/**");
        add(settings, 5, "dead", String.join(",", NOBODY));
        add(settings, 6, "socket", NOBODY.getFirst() + "," + SOCKETS.url());
        add(settings, 7, "slow", UNREACHABLE.url() + "," + MEMBERS.getFirst().url());
        settings.put("gatehouse.routes[7].timeouts.connect", "300ms");
        add(settings, 8, "watched", String.join(",", NOBODY));
        settings.put("gatehouse.routes[8].circuit-breaker.failure-rate", "50");
        settings.put("gatehouse.routes[8].circuit-breaker.minimum-calls", "3");
        return settings;
    }

    private static void add(Map<String, String> settings, int number, String id, String upstream) {
        String prefix = "gatehouse.routes[" + number + "].";
        settings.put(prefix + "id", id);
        settings.put(prefix + "path", "/" + id + "/**");
        settings.put(prefix + "access", "public");
        settings.put(prefix + "upstream", upstream);
    }

    @BeforeEach
    void startMembers() {
        MEMBERS.forEach(GroupMember::start);
        // What other tests have set aside is not any more.
        STAGE.advance(Duration.ofMinutes(++tests));
        IntStream.range(0, 6)
                .forEach(any -> assertThat(send("GET", "").status()).isEqualTo(200));
        MEMBERS.forEach(GroupMember::forget);
    }

    @AfterEach
    void stopMembers() {
        MEMBERS.forEach(GroupMember::close);
    }

    @Test
    void requestsAreSpreadEvenlyAndEachMemberIsAddressedByItsName() {
        IntStream.range(0, 30)
                .forEach(any -> assertThat(send("GET", "").status()).isEqualTo(200));

        for (GroupMember member : MEMBERS) {
            assertThat(member.received())
                    .hasSize(10)
                    .containsOnly("GET " + member.url().substring(7) + " ");
        }
    }

    /** What was on its way to it is repeated, as the route allows. */
    @Test
    void nobodyWhoReadsNoticesThatAMemberHasGoneAway() throws Exception {
        List<Integer> statuses = whileAMemberGoesAway("GET");

        assertThat(statuses).hasSize(REQUESTS).containsOnly(200);
    }

    /** None is on its way when the member goes: it is not known of such a one whether it has arrived. */
    @Test
    void whatHasNotBeenSentIsSentToAnotherMemberOnce() throws Exception {
        List<Integer> statuses = whileAMemberGoesAway("POST");

        assertThat(statuses).hasSize(REQUESTS).containsOnly(200);
        assertThat(MEMBERS.stream().flatMap(member -> member.received().stream()))
                .extracting(request -> request.substring(request.lastIndexOf(' ')))
                .hasSize(REQUESTS)
                .doesNotHaveDuplicates();
    }

    @Test
    void memberThatComesBackGetsItsShareOnceItsTimeIsOver() {
        GroupMember member = MEMBERS.get(2);
        member.close();
        IntStream.range(0, 6)
                .forEach(any -> assertThat(send("POST", "x").status()).isEqualTo(200));
        member.start();
        IntStream.range(0, 6)
                .forEach(any -> assertThat(send("POST", "x").status()).isEqualTo(200));
        assertThat(member.received()).isEmpty();

        STAGE.advance(UpstreamMember.ASIDE);
        IntStream.range(0, 6)
                .forEach(any -> assertThat(send("POST", "x").status()).isEqualTo(200));

        assertThat(member.received()).hasSize(2);
    }

    @Test
    void memberThatDoesNotAcceptConnectionsCostsOneTimeoutInAWhile() {
        MEMBERS.getFirst().forget();
        long begun = System.nanoTime();

        IntStream.range(0, 10)
                .forEach(
                        any -> assertThat(send("POST", "/slow/x", "a").status()).isEqualTo(200));

        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofMillis(2 * 300 + 2000));
        assertThat(MEMBERS.getFirst().received()).hasSize(10).allMatch(it -> it.endsWith(" a"));
    }

    @Test
    void ifAllAreGoneTheRequestFails() {
        for (String method : List.of("GET", "POST")) {
            Answer answer = send(method, "/dead/x", "");

            assertThat(answer.status()).isEqualTo(502);
            assertThat(answer.body()).contains("upstream-unreachable");
        }
    }

    @Test
    void groupIsTriedAgainAtOnceWhereAllAreSetAside() {
        MEMBERS.forEach(GroupMember::close);
        assertThat(send("POST", "x").status()).isEqualTo(502);

        MEMBERS.getLast().start();

        assertThat(send("POST", "x").status()).isEqualTo(200);
        assertThat(MEMBERS.getLast().received()).hasSize(1);
    }

    @Test
    void circuitBreakerWatchesTheGroupAsAWhole() {
        List<Integer> statuses = IntStream.range(0, 4)
                .mapToObj(any -> send("GET", "/watched/x", "").status())
                .toList();

        assertThat(statuses).containsExactly(502, 502, 502, 503);
    }

    @Test
    void webSocketFindsTheMemberThatIsThere() {
        for (int i = 0; i < 3; i++) {
            try (RawSocket page = RawSocket.open(STAGE.url(""), "/socket/x", "");
                    RawSocket upstream = SOCKETS.next()) {
                String handshake = upstream.head();
                assertThat(handshake)
                        .containsIgnoringCase("\r\nhost: " + SOCKETS.url().substring(7) + "\r\n");
                upstream.accept(handshake, "");
                assertThat(page.head()).startsWith("HTTP/1.1 101 ");
                page.send(Frame.of(RawSocket.TEXT, "hello"));
                assertThat(upstream.receive()).isEqualTo(Frame.of(RawSocket.TEXT, "hello"));
            }
        }
    }

    @Test
    void webSocketToNobodyIsAProblem() {
        try (RawSocket page = RawSocket.open(STAGE.url(""), "/dead/x", "")) {
            assertThat(page.head()).startsWith("HTTP/1.1 502 ");
        }
    }

    private static List<Integer> whileAMemberGoesAway(String method) throws Exception {
        GroupMember leaving = MEMBERS.get(1);
        ReadWriteLock onItsWay = new ReentrantReadWriteLock();
        try (ExecutorService people = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<List<Integer>>> all = IntStream.range(0, PEOPLE)
                    .mapToObj(number -> people.submit(() -> statuses(method, number, onItsWay.readLock())))
                    .toList();
            Awaitility.await().until(() -> leaving.received().size() > 200);
            Lock nothing = method.equals("POST") ? onItsWay.writeLock() : new ReentrantLock();
            nothing.lock();
            leaving.close();
            nothing.unlock();
            List<Integer> statuses = new ArrayList<>();
            for (Future<List<Integer>> each : all) {
                statuses.addAll(each.get());
            }
            return statuses;
        }
    }

    private static List<Integer> statuses(String method, int number, Lock onItsWay) {
        Browser person = new Browser();
        List<Integer> statuses = new ArrayList<>();
        for (int i = 0; i < REQUESTS / PEOPLE; i++) {
            String body = method.equals("GET") ? "" : number + "-" + i;
            onItsWay.lock();
            try {
                statuses.add(person.send(method, STAGE.url("/public/x"), body, Map.of())
                        .status());
            } finally {
                onItsWay.unlock();
            }
        }
        return statuses;
    }

    private Answer send(String method, String body) {
        return send(method, "/public/x", body);
    }

    private Answer send(String method, String path, String body) {
        return browser.send(method, STAGE.url(path), body, Map.of());
    }
}
