package io.gatehouse.gateway.journey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.gatehouse.gateway.journey.Steps.ALICE;
import static io.gatehouse.gateway.journey.Steps.ALICES_PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.gatehouse.gateway.fixture.ChildProcess;
import io.gatehouse.gateway.fixture.Chromium;
import io.gatehouse.gateway.fixture.LogtoEmulator;
import io.gatehouse.gateway.fixture.Ports;
import io.gatehouse.gateway.fixture.RedisServer;
import io.gatehouse.gateway.fixture.TestGateway;
import io.gatehouse.gateway.fixture.Upstream;
import io.gatehouse.gateway.fixture.Upstream.Received;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * People in Chromium, in front of another proxy that asks the gateway, with the proxy's configuration as it stands in
 * {@code docs/forward-auth}. The application is behind that proxy alone.
 */
@TestInstance(Lifecycle.PER_CLASS)
abstract class ForwardAuthJourney {

    @RegisterExtension
    final Chromium chromium = new Chromium();

    private final int port = Ports.free();
    private final RedisServer redis = new RedisServer();
    private final Upstream application = new Upstream();
    private final TestGateway gateway = new TestGateway().inRealTime();
    private final LogtoEmulator logto = new LogtoEmulator(url(""));
    private ChildProcess proxy;

    /** The name of the proxy in the gateway's configuration. */
    abstract String name();

    /** Starts the proxy, with the configuration of the documents. */
    abstract ChildProcess start(Path directory) throws IOException;

    @BeforeAll
    void startEverything() throws IOException {
        redis.start();
        application.start();
        logto.start();
        gateway.with(redis, logto, application)
                .with("gatehouse.public-url", url(""))
                .with("gatehouse.trusted-proxies", "127.0.0.1")
                .with("gatehouse.forward-auth.peers", "127.0.0.1")
                .with("gatehouse.forward-auth.proxy", name())
                .with("gatehouse.routes[1].path", "/shop/**")
                .with("gatehouse.routes[1].access", "authenticated")
                .with("gatehouse.routes[1].upstream", "")
                .with("gatehouse.routes[1].rules[0].methods", "DELETE")
                .with("gatehouse.routes[1].rules[0].all", "role:admin")
                .start();
        proxy = start(Files.createTempDirectory(Path.of("target"), name())).await(this::isUp);
    }

    private boolean isUp() {
        try (var socket = new Socket("127.0.0.1", port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    @AfterAll
    void stopEverything() {
        proxy.close();
        gateway.stop();
        logto.close();
        application.stop();
        redis.close();
    }

    @BeforeEach
    void forget() {
        application.forget();
    }

    @Test
    void personSignsInAndOutInFrontOfAnotherProxy() {
        Page page = chromium.tab();
        page.navigate(url("/shop/books?page=1&q=a%26b"));
        Steps.signInAtLogto(page, ALICE, ALICES_PASSWORD);
        assertThat(page).hasURL(url("/shop/books?page=1&q=a%26b"));
        assertThat(page.locator("body")).hasText("upstream");

        Received received = received().getLast();
        assertThat(received.uri()).isEqualTo("/shop/books?page=1&q=a%26b");
        assertThat(received.headers().get("X-Auth-Email")).isEqualTo("alice@bookstore.test");
        assertThat(received.headers().get("X-Auth-Roles")).isEqualTo("bookseller");
        assertThat(received.headers().get("Authorization")).startsWith("Bearer ey");
        assertThat(String.valueOf(received.headers().get("Cookie"))).doesNotContain("gatehouse");

        page.navigate(url("/auth/sign-out"));
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Sign out"))
                .click();
        assertThat(page).hasURL(url("/"));
        assertThat(fetch(page, "GET", "/shop/books", "{}")).isEqualTo(401);
    }

    @Test
    void nobodySaysWhoTheyAreByThemselves() {
        Page page = chromium.tab();
        page.navigate(url("/public/page"));
        String forged = "{'X-Auth-Email': 'forged', 'X-Auth-Subject': 'forged', 'X-Auth-Roles': 'admin',"
                + " 'Authorization': 'Bearer forged'}";

        assertThat(fetch(page, "GET", "/public/data", forged)).isEqualTo(200);

        assertThat(received().getLast().headers().toString()).doesNotContain("forged");
    }

    /** Prevents the class of CVE-2026-40575. */
    @Test
    void s19WhatIsAskedForIsWhatTheProxyGot() {
        Page page = chromium.tab();
        page.navigate(url("/public/page"));
        application.forget();
        String forged = "{'X-Forwarded-Uri': '/public/x', 'X-Original-URL': '" + url("/public/x")
                + "', 'X-Forwarded-Method': 'OPTIONS', 'X-Original-Method': 'OPTIONS', 'X-Forwarded-Host': 'x'}";

        assertThat(fetch(page, "GET", "/shop/books", forged)).isEqualTo(401);
        assertThat(fetch(page, "GET", "/auth/verify", forged)).isEqualTo(404);
        assertThat(received()).isEmpty();
    }

    @Test
    void ruleOfARouteHolds() {
        Page page = chromium.tab();
        page.navigate(url("/shop/books"));
        Steps.signInAtLogto(page, ALICE, ALICES_PASSWORD);
        assertThat(page).hasURL(url("/shop/books"));
        application.forget();

        assertThat(fetch(page, "DELETE", "/shop/books/1", "{}")).isEqualTo(403);
        assertThat(received()).isEmpty();
        assertThat(fetch(page, "POST", "/shop/books", "{}")).isEqualTo(200);
        assertThat(received())
                .singleElement()
                .satisfies(received -> assertThat(received.body()).isEqualTo("sent"));
    }

    private int fetch(Page page, String method, String path, String headers) {
        String body = method.equals("POST") ? ", body: 'sent'" : "";
        String script = "fetch('%s', {method: '%s', headers: %s%s}).then(answer => answer.status)";
        return (int) page.evaluate(script.formatted(path, method, headers, body));
    }

    /** But for what a browser asks for by itself. */
    private List<Received> received() {
        return application.received().stream()
                .filter(received -> !received.uri().equals("/favicon.ico"))
                .toList();
    }

    final String url(String path) {
        return "http://localhost:" + port + path;
    }

    /** A configuration of the documents, with the ports of this test. */
    final String documented(String file) throws IOException {
        return Files.readString(Path.of("..", "docs", "forward-auth", file))
                .replace("8000", Integer.toString(port))
                .replace(
                        "127.0.0.1:8080",
                        URI.create(gateway.url()).getAuthority().replace("localhost", "127.0.0.1"))
                .replace("127.0.0.1:8090", URI.create(application.url()).getAuthority())
                .replace(
                        "port_value: 8080",
                        "port_value: " + URI.create(gateway.url()).getPort())
                .replace(
                        "port_value: 8090",
                        "port_value: " + URI.create(application.url()).getPort());
    }

    final ChildProcess run(Path directory, List<String> command) {
        return ChildProcess.start(name(), directory.resolve("log"), Map.of(), command);
    }
}
