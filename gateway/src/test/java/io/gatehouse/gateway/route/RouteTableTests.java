package io.gatehouse.gateway.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.cloud.gateway.route.Route;
import org.springframework.http.HttpMethod;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import reactor.core.publisher.Mono;

class RouteTableTests {

    private static final URI UPSTREAM = URI.create("http://app:3000");

    private final RouteTable table = new RouteTable(List.of(
            route("home", "/", Access.OPTIONAL, relay("https://a", "read:a")),
            route("books", "/api/books/**", Access.AUTHENTICATED, relay("https://a", "write:a")),
            route(
                    "post",
                    "/form,/other",
                    Access.PUBLIC,
                    Map.of(
                            "host", "app.example,*.sub.example",
                            "methods", "post",
                            "relay.token", "access",
                            "relay.resource", "https://b",
                            "relay.scopes", "read:b")),
            route("own", "/own", Access.PUBLIC, relay(RelayedToken.APP, "https://c", "read:c")),
            route("rest", "/**", Access.AUTHENTICATED, Map.of())));

    @ParameterizedTest
    @CsvSource({
        "GET, app.example, /, home",
        "GET, app.example, /api/books, books",
        "GET, app.example, /api/books/7, books",
        "GET, app.example, /api/bookshelf, rest",
        "POST, app.example, /form, post",
        "POST, APP.example:8443, /other, post",
        "POST, a.sub.example, /form, post",
        "POST, sub.example, /form, rest",
        "POST, evil.example, /form, rest",
        "GET, app.example, /form, rest"
    })
    void firstRouteThatFitsTakesTheRequest(String method, String host, String path, String id) {
        var request =
                MockServerHttpRequest.method(HttpMethod.valueOf(method), path).header("Host", host);

        assertThat(chosen(MockServerWebExchange.from(request))).isEqualTo(id);
    }

    @Test
    void signInHasToAskForWhateverAnyRouteNeedsOfPeople() {
        assertThat(table.resources()).containsExactly("https://a", "https://b");
        assertThat(table.scopes()).containsExactly("read:a", "read:b", "write:a");
    }

    @Test
    void homePageIsOpenIfItsRouteIs() {
        assertThat(table.isOpen("/")).isTrue();
        assertThat(table.isOpen("/api/books")).isFalse();
        assertThat(new RouteTable(List.of()).isOpen("/")).isFalse();
    }

    @Test
    void oneUpstreamForEverythingIsProtected() {
        RouteTable everything = new RouteTable(List.of(RouteProperties.everything(UPSTREAM)));

        assertThat(everything.isOpen("/")).isFalse();
        assertThat(everything.getRoutes().map(Route::getUri).collectList().block())
                .containsExactly(URI.create("http://app:3000"));
    }

    private String chosen(MockServerWebExchange exchange) {
        return table.getRoutes()
                .filterWhen(route -> Mono.from(route.getPredicate().apply(exchange)))
                .next()
                .map(Route::getId)
                .block();
    }

    private static Map<String, String> relay(String resource, String scope) {
        return relay(RelayedToken.ACCESS, resource, scope);
    }

    private static Map<String, String> relay(RelayedToken token, String resource, String scope) {
        return Map.of("relay.token", token.name(), "relay.resource", resource, "relay.scopes", scope);
    }

    private static RouteProperties route(String id, String path, Access access, Map<String, String> others) {
        Map<String, String> settings = new HashMap<>(others);
        settings.putAll(Map.of("id", id, "path", path, "upstream", UPSTREAM.toString(), "access", access.name()));
        return RouteProperties.of(settings);
    }
}
