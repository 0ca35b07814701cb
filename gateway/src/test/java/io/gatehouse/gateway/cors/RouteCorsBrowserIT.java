package io.gatehouse.gateway.cors;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.Cookie;
import io.gatehouse.gateway.fixture.Browser;
import io.gatehouse.gateway.fixture.Chromium;
import io.gatehouse.gateway.fixture.Ports;
import io.gatehouse.gateway.fixture.Stage;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/** What a real browser makes of the permissions of a route, for pages of two other origins. */
class RouteCorsBrowserIT {

    private static final int SHOP = Ports.free();
    private static final int STRANGER = Ports.free();

    /** Tells the status and a part of the body, or that it was not allowed to. */
    private static final String CALL = """
        ([url, method]) => fetch(url, {method, credentials: 'include',
            headers: {'Content-Type': 'application/json'}, body: method === 'GET' ? undefined : '{}'})
          .then(async answer => `${answer.status} ${await answer.text()}`)
          .catch(failure => failure.name)
        """;

    @RegisterExtension
    static final Stage STAGE = new Stage(Map.of(
            "gatehouse.routes[2].cors.origins", "http://localhost:" + SHOP,
            "gatehouse.routes[2].cors.credentials", "true",
            "gatehouse.routes[2].cors.methods", "GET,PUT",
            "gatehouse.routes[4].cors", "upstream",
            "gatehouse.routes[4].csrf", "off",
            "gatehouse.routes[4].upstream", "http://127.0.0.1:" + STRANGER));

    @RegisterExtension
    static final Chromium CHROMIUM = new Chromium();

    private static List<DisposableServer> servers = List.of();

    @BeforeAll
    static void servePages() {
        servers = List.of(serve(SHOP), serve(STRANGER));
    }

    @AfterAll
    static void stopServing() {
        servers.forEach(DisposableServer::disposeNow);
    }

    /** The page of one origin, and an upstream that answers preflights itself. */
    private static DisposableServer serve(int port) {
        return HttpServer.create()
                .host("127.0.0.1")
                .port(port)
                .handle(RouteCorsBrowserIT::answer)
                .bindNow();
    }

    private static Publisher<Void> answer(HttpServerRequest request, HttpServerResponse response) {
        String origin = request.requestHeaders().get("Origin", "");
        response.header("Content-Type", "text/html");
        if (!origin.isEmpty()) {
            response.header("Access-Control-Allow-Origin", origin)
                    .header("Access-Control-Allow-Credentials", "true")
                    .header("Access-Control-Allow-Methods", "DELETE")
                    .header("Access-Control-Allow-Headers", "Content-Type");
        }
        return response.sendString(Mono.just(request.method().name()));
    }

    @Test
    void pageOfAListedOriginReadsAndActsForThePerson() {
        Page shop = page(SHOP);
        assertThat(call(shop, "/api/x", "GET")).startsWith("401 ").contains("signInUrl");

        signIn();

        assertThat(call(shop, "/api/x", "GET")).isEqualTo("200 upstream");
        assertThat(call(shop, "/api/x", "PUT")).isEqualTo("200 upstream");
        assertThat(STAGE.upstream().received())
                .hasSize(2)
                .allMatch(it -> it.headers().get("Authorization", "").startsWith("Bearer "));
    }

    @Test
    void anyOtherPageDoesNeither() {
        signIn();
        Page stranger = page(STRANGER);

        assertThat(call(stranger, "/api/x", "PUT")).isEqualTo("TypeError");
        assertThat(call(stranger, "/api/x", "GET")).isEqualTo("TypeError");
        assertThat(call(page(SHOP), "/api/x", "DELETE")).isEqualTo("TypeError");

        assertThat(STAGE.upstream().received()).noneMatch(it -> !it.method().equals("GET"));
    }

    @Test
    void upstreamThatAnswersItselfDecides() {
        signIn();

        assertThat(call(page(SHOP), "/books/x", "DELETE")).isEqualTo("200 DELETE");
        assertThat(call(page(SHOP), "/books/x", "PUT")).isEqualTo("TypeError");
    }

    private static void signIn() {
        Browser browser = new Browser();
        STAGE.signInAsAlice(browser);
        CHROMIUM.context()
                .addCookies(
                        List.of(new Cookie("gatehouse", browser.cookies().get("gatehouse")).setUrl(STAGE.url("/"))));
    }

    private static Page page(int port) {
        Page page = CHROMIUM.tab();
        page.navigate("http://localhost:" + port + "/");
        return page;
    }

    private static String call(Page page, String path, String method) {
        return String.valueOf(page.evaluate(CALL, List.of(STAGE.url(path), method)));
    }
}
