package io.gatehouse.gateway.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.gateway.fixture.Browser;
import io.gatehouse.gateway.fixture.Browser.Answer;
import io.gatehouse.gateway.fixture.CertifiedUpstream;
import io.gatehouse.gateway.fixture.RawSocket;
import io.gatehouse.gateway.fixture.RawSocket.Frame;
import io.gatehouse.gateway.fixture.Stage;
import io.gatehouse.gateway.fixture.TestCertificates;
import io.gatehouse.gateway.fixture.Upstream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Upstreams with certificates of their own authority, and upstreams that ask for one of the gateway's. */
class UpstreamTlsIT {

    private static final TestCertificates OURS = TestCertificates.issued("upstream");
    private static final TestCertificates OTHERS = TestCertificates.issued("upstream-others");
    private static final TestCertificates INTERNAL =
            TestCertificates.issued("upstream-internal", "san=dns:app.internal");
    private static final TestCertificates EXPIRED = TestCertificates.issued(
            "upstream-expired", "san=ip:127.0.0.1,dns:localhost", "-startdate", "-3d", "-validity", "1");

    @RegisterExtension
    static final CertifiedUpstream OPEN = new CertifiedUpstream(OURS);

    @RegisterExtension
    static final CertifiedUpstream NAMED = new CertifiedUpstream(INTERNAL);

    @RegisterExtension
    static final CertifiedUpstream TOO_OLD = new CertifiedUpstream(EXPIRED);

    @RegisterExtension
    static final CertifiedUpstream MUTUAL = new CertifiedUpstream(OURS, OURS.ca());

    @RegisterExtension
    static final CertifiedUpstream FOREIGN = new CertifiedUpstream(OTHERS);

    private static final Upstream PLAIN = new Upstream();

    @RegisterExtension
    static final Stage STAGE = new Stage(routes());

    private final Browser browser = new Browser();

    private static Map<String, String> routes() {
        Map<String, String> settings = new HashMap<>();
        settings.put("gatehouse.routes[4].path", "/books/**");
        add(settings, 5, "known", OPEN.url(), Map.of("ca", OURS.ca()));
        add(settings, 6, "named", NAMED.url(), Map.of("ca", INTERNAL.ca(), "server-name", Path.of("app.internal")));
        add(settings, 7, "mutual", MUTUAL.url(), identified(OURS, OURS));
        add(settings, 8, "group", FOREIGN.url() + "," + OPEN.url(), Map.of("ca", OURS.ca()));
        add(settings, 9, "wrong-ca", OPEN.url(), Map.of("ca", OTHERS.ca()));
        add(settings, 10, "usual-ca", OPEN.url(), Map.of());
        add(settings, 11, "wrong-host", NAMED.url(), Map.of("ca", INTERNAL.ca()));
        add(settings, 12, "wrong-name", OPEN.url(), Map.of("ca", OURS.ca(), "server-name", Path.of("app.internal")));
        add(settings, 13, "expired", TOO_OLD.url(), Map.of("ca", EXPIRED.ca()));
        add(settings, 14, "anonymous", MUTUAL.url(), Map.of("ca", OURS.ca()));
        add(settings, 15, "stranger", MUTUAL.url(), identified(OURS, OTHERS));
        add(settings, 16, "plain", PLAIN.url().replace("http:", "https:"), Map.of("ca", OURS.ca()));
        return settings;
    }

    private static Map<String, Path> identified(TestCertificates upstream, TestCertificates gateway) {
        return Map.of("ca", upstream.ca(), "certificate", gateway.clientCertificate(), "key", gateway.clientKey());
    }

    private static void add(
            Map<String, String> settings, int number, String id, String upstream, Map<String, Path> tls) {
        String prefix = "gatehouse.routes[" + number + "].";
        settings.put(prefix + "id", id);
        settings.put(prefix + "path", "/" + id + "/**");
        settings.put(prefix + "access", "public");
        settings.put(prefix + "upstream", upstream);
        tls.forEach((key, value) -> settings.put(prefix + "tls." + key, value.toString()));
    }

    @BeforeAll
    static void startPlain() {
        PLAIN.start();
    }

    @AfterAll
    static void stopPlain() {
        PLAIN.stop();
    }

    @BeforeEach
    void forget() {
        PLAIN.forget();
    }

    @ParameterizedTest
    @ValueSource(strings = {"known", "named", "mutual", "group"})
    void upstreamIsReachedThatShowsWhatItsRouteAsksFor(String route) {
        for (String method : List.of("GET", "POST", "GET", "GET")) {
            Answer answer = browser.send(method, STAGE.url("/" + route + "/x"), "", Map.of());

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.body()).isEqualTo("over TLS");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"known", "named", "mutual", "group"})
    void webSocketIsRelayedToIt(String route) {
        try (RawSocket page = RawSocket.open(STAGE.url(""), "/" + route + "/socket", "")) {
            assertThat(page.head()).startsWith("HTTP/1.1 101 ");
            Frame frame = Frame.of(RawSocket.TEXT, "over TLS");
            page.send(frame);
            assertThat(page.receive()).isEqualTo(frame);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"wrong-ca", "usual-ca", "wrong-host", "wrong-name", "expired", "anonymous", "stranger", "plain"})
    void anyOtherUpstreamGetsNothing(String route) {
        for (String method : List.of("GET", "POST")) {
            Answer answer = browser.send(method, STAGE.url("/" + route + "/x"), "", Map.of());

            assertThat(answer.status()).isEqualTo(502);
            assertThat(answer.body()).contains("upstream-unreachable").doesNotContain("certificate");
        }
        try (RawSocket page = RawSocket.open(STAGE.url(""), "/" + route + "/socket", "")) {
            assertThat(page.head()).startsWith("HTTP/1.1 502 ");
        }
        assertThat(PLAIN.received()).isEmpty();
        for (CertifiedUpstream upstream : List.of(OPEN, NAMED, TOO_OLD, MUTUAL, FOREIGN)) {
            assertThat(upstream.received()).isEmpty();
        }
    }

    /** Two routes to one address: a connection that shows a certificate is not used for the one that has none. */
    @Test
    void connectionIsOfOneRoute() {
        assertThat(status("mutual")).isEqualTo(200);
        assertThat(status("anonymous")).isEqualTo(502);
        assertThat(status("known")).isEqualTo(200);
        assertThat(status("wrong-ca")).isEqualTo(502);
    }

    private int status(String route) {
        return browser.send("GET", STAGE.url("/" + route + "/x"), "", Map.of()).status();
    }
}
