package io.gatehouse.gateway.token;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.gatehouse.gateway.fixture.ApiClient;
import io.gatehouse.gateway.fixture.Browser;
import io.gatehouse.gateway.fixture.Browser.Answer;
import io.gatehouse.gateway.fixture.Stage;
import io.gatehouse.gateway.fixture.TestSessions;
import java.text.ParseException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Routes that relay a token of the gateway itself, and the emulator's machine-to-machine application behind them. */
class OwnTokensIT {

    private static final String BOOKS = TestSessions.RESOURCE;

    @RegisterExtension
    static final Stage STAGE = new Stage(properties());

    private static int leaps;

    private final Browser browser = new Browser();

    private static Map<String, String> properties() {
        Map<String, String> properties = new TreeMap<>(Map.of(
                "gatehouse.logto.machine-app-id", "gateway-itself",
                "gatehouse.logto.machine-app-secret", "m2m-secret",
                "gatehouse.routes[0].relay.token", "app",
                "gatehouse.routes[0].relay.resource", BOOKS,
                "gatehouse.routes[0].relay.scopes", "read:books"));
        properties.put("gatehouse.routes[1].relay.token", "app");
        properties.put("gatehouse.routes[4].relay.token", "app");
        properties.put("gatehouse.routes[4].relay.resource", BOOKS);
        properties.put("gatehouse.routes[4].relay.scopes", "read:books,write:books");
        properties.put("gatehouse.routes[4].bearer.audience", BOOKS);
        return properties;
    }

    @BeforeEach
    void makeApplication() {
        STAGE.logto().control("POST", "applications", """
            {"id":"gateway-itself","secret":"m2m-secret","type":"MachineToMachine","roles":["bookseller"]}\
            """);
        // The gateway outlives a test, and so do its tokens.
        leaps++;
        STAGE.advance(Duration.ofHours(3).multipliedBy(leaps));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/public/x", "/optional/x"})
    void anonymousRequestIsRelayedWithTheTokenOfTheGateway(String path) throws ParseException {
        assertThat(browser.open(STAGE.url(path)).status()).isEqualTo(200);

        JWTClaimsSet claims = relayed(0);
        assertThat(claims.getAudience()).containsExactly(BOOKS);
        assertThat(claims.getSubject()).isEqualTo("gateway-itself");
        assertThat(claims.getStringClaim("client_id")).isEqualTo("gateway-itself");
        assertThat(claims.getIssuer()).isEqualTo(STAGE.logto().issuer());
    }

    @Test
    void scopesAreThoseOfTheRoute() throws ParseException {
        STAGE.signInAsAlice(browser);
        browser.open(STAGE.url("/public/x"));
        browser.open(STAGE.url("/books"));

        assertThat(relayed(0).getStringClaim("scope")).isEqualTo("read:books");
        assertThat(relayed(1).getStringClaim("scope").split(" "))
                .containsExactlyInAnyOrder("read:books", "write:books");
    }

    @Test
    void tokenOfAPersonAndTokenOfTheGatewayNeverMix() throws ParseException {
        STAGE.signInAsAlice(browser);

        for (String path : List.of("/api/x", "/books", "/optional/x", "/api/x", "/public/x", "/books")) {
            assertThat(browser.open(STAGE.url(path)).status()).isEqualTo(200);
        }

        assertThat(List.of(relayed(1), relayed(2), relayed(4), relayed(5)))
                .allMatch(claims -> claims.getSubject().equals("gateway-itself"));
        assertThat(List.of(relayed(0), relayed(3)))
                .noneMatch(claims -> claims.getSubject().equals("gateway-itself"));
    }

    @Test
    void apiClientIsRelayedAsTheGatewayToo() throws ParseException {
        ApiClient client = new ApiClient(STAGE);

        assertThat(client.get("/books", client.token()).status()).isEqualTo(200);
        assertThat(client.get("/books", "x").status()).isEqualTo(401);

        assertThat(STAGE.upstream().received()).hasSize(1);
        assertThat(relayed(0).getSubject()).isEqualTo("gateway-itself");
    }

    @Test
    void protectedRouteStaysProtected() {
        assertThat(browser.fetch("GET", STAGE.url("/books")).status()).isEqualTo(401);
        assertThat(STAGE.upstream().received()).isEmpty();
    }

    @Test
    void tokenIsAskedForOnce() {
        for (int i = 0; i < 5; i++) {
            browser.open(STAGE.url("/public/x"));
        }
        assertThat(STAGE.logto().tokenCalls("client_credentials")).isEqualTo(1);

        STAGE.advance(Duration.ofMinutes(59).plusSeconds(5));
        browser.open(STAGE.url("/public/x"));
        assertThat(STAGE.logto().tokenCalls("client_credentials")).isEqualTo(2);
    }

    @Test
    void signInAsksForNothingThatOnlyTheGatewayNeeds() {
        Answer toIdp = browser.open(STAGE.url("/books"));

        // The one route that relays a person's token asks for this.
        assertThat(toIdp.locationParameters().get("resource")).containsExactly(BOOKS);
    }

    @Test
    void validTokenIsUsedWhileTheIdpIsDownAndNoExpiredOne() {
        browser.open(STAGE.url("/public/x"));
        STAGE.logto().fault("{\"endpoint\":\"token\",\"kind\":\"status\",\"status\":503}");

        STAGE.advance(Duration.ofMinutes(59).plusSeconds(30));
        assertThat(browser.fetch("GET", STAGE.url("/public/x")).status()).isEqualTo(200);

        STAGE.advance(Duration.ofSeconds(35));
        for (int i = 0; i < 5; i++) {
            Answer answer = browser.fetch("GET", STAGE.url("/public/x"));
            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.body()).contains("provider-unavailable");
        }
        assertThat(STAGE.upstream().received()).hasSize(2);
        assertThat(STAGE.logto().tokenCalls("client_credentials")).isEqualTo(3);

        STAGE.logto().control("DELETE", "faults", "");
        STAGE.advance(Duration.ofSeconds(6));
        assertThat(browser.fetch("GET", STAGE.url("/public/x")).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'endpoint':'token','kind':'oauth-error','status':401,'error':'invalid_client'}",
                "{'endpoint':'token','kind':'oauth-error','status':400,'error':'access_denied'}",
                "{'endpoint':'token','kind':'response-field','name':'access_token','edit':'replace','value':'opaque'}"
            })
    void whatTheIdpRefusesIsTheOperatorsToSettle(String fault) {
        STAGE.logto().fault(fault.replace('\'', '"'));

        Answer answer = browser.fetch("GET", STAGE.url("/public/x"));

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.body()).contains("provider-misconfigured");
        assertThat(STAGE.upstream().received()).isEmpty();
    }

    private static JWTClaimsSet relayed(int number) throws ParseException {
        String authorization = STAGE.upstream().received().get(number).headers().get("Authorization");
        return SignedJWT.parse(authorization.substring("Bearer ".length())).getJWTClaimsSet();
    }
}
