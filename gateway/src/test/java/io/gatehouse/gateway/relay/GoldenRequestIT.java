package io.gatehouse.gateway.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.gateway.fixture.ApiClient;
import io.gatehouse.gateway.fixture.Browser;
import io.gatehouse.gateway.fixture.RawClient;
import io.gatehouse.gateway.fixture.RawUpstream;
import io.gatehouse.gateway.fixture.Stage;
import io.gatehouse.gateway.fixture.TestKeys;
import io.gatehouse.gateway.fixture.TestSessions;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What an upstream gets, byte for byte, for each way of relaying: one file for each in {@code src/test/resources}.
 * Every request tries to say who its user is. {@code -Dupdate-golden-files=true} writes the files anew.
 */
class GoldenRequestIT {

    private static final Path FILES = Path.of("src/test/resources/io/gatehouse/gateway/relay");

    @RegisterExtension
    static final RawUpstream UPSTREAM = new RawUpstream();

    @RegisterExtension
    static final Stage STAGE = new Stage(properties());

    private final Browser browser = new Browser();

    private static Map<String, String> properties() {
        Map<String, String> properties = new TreeMap<>();
        properties.put("gatehouse.relay.assertion-keys", TestKeys.assertionPair());
        properties.put("gatehouse.routes[4].path", "/books");
        route(properties, 5, "none", "authenticated", "token", "none");
        route(properties, 6, "access", "authenticated", "token", "access");
        properties.put("gatehouse.routes[6].relay.resource", TestSessions.RESOURCE);
        route(properties, 7, "id-token", "authenticated", "token", "id-token");
        route(properties, 8, "headers", "authenticated", "headers", "sub,email,roles,name=X-User-Name,picture");
        route(properties, 9, "assertion", "authenticated", "assertion", "true");
        properties.put("gatehouse.routes[9].relay.assertion-claims", "email,roles,picture");
        route(properties, 10, "optional-anonymous", "optional", "headers", "email");
        properties.put("gatehouse.routes[10].relay.assertion", "true");
        properties.put("gatehouse.routes[10].relay.token", "id-token");
        route(properties, 11, "websocket", "authenticated", "headers", "email");
        properties.put("gatehouse.routes[11].relay.assertion", "true");
        properties.put("gatehouse.logto.machine-app-id", "gateway-itself");
        properties.put("gatehouse.logto.machine-app-secret", "m2m-secret");
        route(properties, 12, "app", "public", "token", "app");
        properties.put("gatehouse.routes[12].relay.resource", TestSessions.RESOURCE);
        route(properties, 13, "organization", "authenticated", "token", "access");
        properties.put("gatehouse.routes[13].relay.resource", TestSessions.RESOURCE);
        properties.put("gatehouse.routes[13].relay.organization", "id:acmebooks001");
        route(properties, 14, "bearer", "authenticated", "token", "access");
        properties.put("gatehouse.routes[14].relay.resource", TestSessions.RESOURCE);
        properties.put("gatehouse.routes[14].relay.headers", "sub,email,client_id");
        properties.put("gatehouse.routes[14].bearer.audience", TestSessions.RESOURCE);
        return properties;
    }

    private static void route(
            Map<String, String> properties, int number, String id, String access, String rule, String value) {
        String prefix = "gatehouse.routes[" + number + "].";
        properties.put(prefix + "id", id);
        properties.put(prefix + "path", "/" + id + "/**");
        properties.put(prefix + "access", access);
        properties.put(prefix + "upstream", UPSTREAM.url());
        properties.put(prefix + "relay." + rule, value);
    }

    @BeforeAll
    static void answer() {
        UPSTREAM.answer("HTTP/1.1 204 No Content\r\n\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "access", "organization", "id-token", "headers", "assertion"})
    void signedInPersonsRequest(String mode) throws IOException {
        STAGE.signInAsAlice(browser);

        assertGolden(mode, request(mode, browser.cookies().get("gatehouse"), "Connection: keep-alive, X-Hop\r\n"));
    }

    @Test
    void anonymousRequest() throws IOException {
        assertGolden("optional-anonymous", request("optional-anonymous", "x", "Connection: keep-alive, X-Hop\r\n"));
    }

    @Test
    void anonymousRequestToAnUpstreamOfTheGatewayItself() throws IOException {
        STAGE.logto().control("POST", "applications", """
            {"id":"gateway-itself","secret":"m2m-secret","type":"MachineToMachine","roles":["bookseller"]}\
            """);

        assertGolden("app", request("app", "x", "Connection: keep-alive, X-Hop\r\n"));
    }

    @Test
    void requestOfAnApiClient() throws IOException {
        String token = new ApiClient(STAGE).token();
        String request = request("bearer", "x", "Connection: keep-alive, X-Hop\r\n");

        assertGolden("bearer", request.replace("Bearer forged", "Bearer " + token));
    }

    @Test
    void handshakeOfAWebSocket() throws IOException {
        STAGE.signInAsAlice(browser);

        assertGolden(
                "websocket", request("websocket", browser.cookies().get("gatehouse"), """
                    Origin: %s\r
                    Connection: Upgrade, X-Hop\r
                    Upgrade: websocket\r
                    Sec-WebSocket-Version: 13\r
                    Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r
                    """.formatted(STAGE.url(""))));
    }

    private static String request(String mode, String session, String others) {
        return """
            GET /%s/a%%20b/?q=%%C3%%BC&r=1 HTTP/1.1\r
            Host: %s\r
            User-Agent: golden\r
            Accept: */*\r
            Authorization: Bearer forged\r
            X-Auth-Email: forged\r
            X-Auth-Email: forged\r
            x_user.name: forged\r
            X_Gatehouse_Assertion: forged\r
            X-Correlation-Id: forged\r
            X-Forwarded-For: 203.0.113.9\r
            Forwarded: for=203.0.113.9;host=forged.example\r
            X-Hop: gone\r
            Cookie: gatehouse=%s; theirs="a, b"; _session=logtos; z=1=2\r
            X-Custom: stays\r
            %s\r
            """.formatted(mode, URI.create(STAGE.url("")).getAuthority(), session, others);
    }

    private static void assertGolden(String mode, String request) throws IOException {
        String shown = new ReceivedRequest(received(request))
                .naming(STAGE.logto().issuer(), "issuer")
                .naming(STAGE.url(""), "public URL")
                .naming(URI.create(STAGE.url("")).getAuthority(), "public host")
                .naming(URI.create(UPSTREAM.url()).getAuthority(), "upstream")
                .toString();
        Path file = FILES.resolve(mode + ".http");
        if (Boolean.getBoolean("update-golden-files")) {
            Files.writeString(file, shown);
        }
        assertThat(file).usingCharset(StandardCharsets.UTF_8).hasContent(shown);
    }

    private static String received(String request) throws IOException {
        try (Socket waiting = RawClient.open(STAGE.url(""), request)) {
            assertThat(waiting.isConnected()).isTrue();
            return UPSTREAM.next();
        }
    }
}
