package io.gatehouse.gateway.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.gateway.fixture.Browser;
import io.gatehouse.gateway.fixture.RawClient;
import io.gatehouse.gateway.fixture.Stage;
import io.gatehouse.gateway.fixture.Upstream.Received;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a route changes of requests and answers, and what an upstream is told about who asked for what. */
class RewritingIT {

    private static final String ROUTE = "gatehouse.routes[1].";

    @RegisterExtension
    static final Stage STAGE = new Stage(settings());

    private final Browser browser = new Browser();

    private static Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>(Map.of(
                "gatehouse.trusted-proxies",
                "127.0.0.1",
                "gatehouse.routes[0].request.host",
                "public",
                ROUTE + "access",
                "public",
                ROUTE + "relay.token",
                "none",
                ROUTE + "relay.resource",
                "",
                ROUTE + "relay.scopes",
                "",
                ROUTE + "path",
                "/api/v1/**",
                ROUTE + "request.strip-prefix",
                "/api",
                ROUTE + "request.add-prefix",
                "/inner",
                ROUTE + "request.host",
                "app.internal"));
        settings.putAll(Map.of(
                ROUTE + "request.set-headers", "X-Tenant=acme,Authorization=Basic c2VjcmV0",
                ROUTE + "request.remove-headers", "X-Debug",
                ROUTE + "response.set-headers", "X-Frame-Options=DENY",
                ROUTE + "response.remove-headers", "X-Upstream"));
        return settings;
    }

    @Test
    void pathHostAndHeadersAreThoseOfTheRoute() {
        send("/api/v1/a%20b/?q=%7C&r=%2F", Map.of("X_Tenant", "forged", "x-debug", "1", "X_Debug", "1"));

        Received received = STAGE.upstream().single();
        assertThat(received.uri()).isEqualTo("/inner/v1/a%20b/?q=%7C&r=%2F");
        assertThat(received.headers().getAll("Host")).containsExactly("app.internal");
        assertThat(received.headers().getAll("X-Tenant")).containsExactly("acme");
        assertThat(received.headers().getAll("Authorization")).containsExactly("Basic c2VjcmV0");
        assertThat(received.headers().getAll("X-Forwarded-Prefix")).containsExactly("/api");
        assertThat(received.headers().contains("X_Tenant")).isFalse();
        assertThat(received.headers().contains("X-Debug")).isFalse();
        assertThat(received.headers().contains("X_Debug")).isFalse();
    }

    @Test
    void headerThatOneRouteSetsComesFromNobodyOnAnother() {
        send("/public/x", Map.of("X-Tenant", "forged"));

        assertThat(STAGE.upstream().single().headers().contains("X-Tenant")).isFalse();
    }

    @Test
    void answerIsChanged() {
        Browser.Answer answer = send("/api/v1/x", Map.of());

        assertThat(answer.header("X-Frame-Options")).hasValue("DENY");
        assertThat(answer.header("X-Upstream")).isEmpty();
        assertThat(send("/public/x", Map.of()).header("X-Upstream")).hasValue("yes");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "203.0.113.9 | 203.0.113.9 | 203.0.113.9",
                "198.51.100.7, 203.0.113.9 | 203.0.113.9 | 203.0.113.9",
                "2001:db8::9 | 2001:db8:0:0:0:0:0:9 | \"[2001:db8:0:0:0:0:0:9]\"",
                "junk | 127.0.0.1 | 127.0.0.1"
            })
    void upstreamIsToldTheOneClientOfATrustedProxy(String sent, String client, String node) {
        send(
                "/public/x",
                Map.of(
                        "X-Forwarded-For", sent,
                        "X-Forwarded-Host", "evil.example",
                        "X-Forwarded-Proto", "gopher",
                        "X-Forwarded-Prefix", "/evil",
                        "Forwarded", "for=1.2.3.4;host=evil.example"));

        Received received = STAGE.upstream().single();
        String host = URI.create(STAGE.url("")).getAuthority();
        assertThat(received.headers().getAll("X-Forwarded-For")).containsExactly(client);
        assertThat(received.headers().getAll("Forwarded"))
                .containsExactly("for=" + node + ";host=\"" + host + "\";proto=http");
        assertThat(received.headers().getAll("X-Forwarded-Host")).containsExactly(host);
        assertThat(received.headers().getAll("X-Forwarded-Proto")).containsExactly("http");
        assertThat(received.headers().contains("X-Forwarded-Prefix")).isFalse();
    }

    /** A browser that comes by another host than the public one must not lend its name to links of the upstream. */
    @Test
    void publicHostIsNotWhateverABrowserSays() {
        RawClient.send(STAGE.url(""), "GET /public/x HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n");

        assertThat(STAGE.upstream().single().headers().getAll("Host"))
                .containsExactly(URI.create(STAGE.url("")).getAuthority());
    }

    private Browser.Answer send(String path, Map<String, String> headers) {
        return browser.send("GET", STAGE.url(path), "", headers);
    }
}
