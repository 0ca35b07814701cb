package io.gatehouse.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.gateway.fixture.ApiClient;
import io.gatehouse.gateway.fixture.AuditTrail;
import io.gatehouse.gateway.fixture.Browser;
import io.gatehouse.gateway.fixture.Browser.Answer;
import io.gatehouse.gateway.fixture.Stage;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rules of routes, as people and programs meet them. Alice is a bookseller who belongs to Acme Books. */
class AccessRulesIT {

    private static final String ACME = "acmebooks001";
    private static final String RULES = "gatehouse.routes[1].rules";

    @RegisterExtension
    static final Stage STAGE = new Stage(settings());

    @RegisterExtension
    final AuditTrail audit = new AuditTrail();

    private final Browser alice = new Browser();

    private static Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>(Map.of(
                "gatehouse.organizations.acme", ACME,
                "gatehouse.trusted-proxies", "127.0.0.0/8",
                "gatehouse.routes[1].path", "/shop/**",
                "gatehouse.routes[1].id", "shop",
                "gatehouse.routes[1].access", "authenticated",
                "gatehouse.routes[1].bearer.audience", "https://api.bookstore.local"));
        settings.putAll(Map.of(
                RULES + "[0].any", "role:bookseller,role:admin",
                RULES + "[1].id", "deleting",
                RULES + "[1].methods", "DELETE",
                RULES + "[1].all", "role:admin",
                RULES + "[2].methods", "POST",
                RULES + "[2].all", "organization:acme,scope:write:books,signed-in-within:15m",
                RULES + "[3].methods", "PATCH",
                RULES + "[3].all", "network:10.0.0.0/8",
                RULES + "[4].shadow", "true",
                RULES + "[4].all", "claim:department equals sales"));
        settings.putAll(Map.of("gatehouse.routes[0].rules[0].all", "network:127.0.0.1"));
        return settings;
    }

    @Test
    void whoMeetsTheRulesReachesTheUpstream() {
        STAGE.signInAsAlice(alice);

        assertThat(alice.fetch("GET", shop()).status()).isEqualTo(200);
        assertThat(alice.fetch("POST", shop()).status()).isEqualTo(200);
        assertThat(STAGE.upstream().received()).hasSize(2);
    }

    @Test
    void whoDoesNotIsToldTheRuleAndNothingReachesTheUpstream() {
        STAGE.signInAsAlice(alice);

        Answer refused = alice.fetch("DELETE", shop());

        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.body())
                .contains("\"type\":\"urn:gatehouse:problem:access-denied\"", "\"reason\":\"shop.deleting\"")
                .doesNotContain("role:admin");
        assertThat(STAGE.upstream().received()).isEmpty();
        assertThat(audit.events("access denied")).singleElement().asString().contains("shop.deleting");
    }

    @Test
    void pageNamesTheRuleTooAndIsNoLoop() {
        STAGE.logto().control("PATCH", "users/alice", "{\"roles\":[]}");
        STAGE.signInAsAlice(alice);

        Answer page = alice.open(shop());

        assertThat(page.status()).isEqualTo(403);
        assertThat(page.body()).contains("access-denied shop.0", "You may not do this");
    }

    @Test
    void whoIsNotSignedInIsAskedToSignInFirst() {
        assertThat(alice.open(shop()).status()).isEqualTo(302);
        assertThat(alice.fetch("DELETE", shop()).status()).isEqualTo(401);
        assertThat(audit.events("access denied")).isEmpty();
    }

    @Test
    void signInThatIsTooOldIsRepeatedAndNotRefused() {
        STAGE.signInAsAlice(alice);
        STAGE.advance(Duration.ofMinutes(17));

        Answer refused = alice.fetch("POST", shop());

        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.body()).contains("step-up-required", "step_up=shop");
        assertThat(alice.fetch("GET", shop()).status()).isEqualTo(200);
        String signIn = refused.body().replaceFirst("(?s).*\"signInUrl\":\"([^\"]*)\".*", "$1");
        assertThat(alice.open(signIn).locationParameters()).containsEntry("max_age", List.of("900"));
    }

    @Test
    void ruleThatIsOnlyTriedIsLoggedAndPasses() {
        STAGE.signInAsAlice(alice);

        assertThat(alice.fetch("GET", shop()).status()).isEqualTo(200);

        assertThat(audit.events("access would be denied"))
                .singleElement()
                .asString()
                .contains("shop.4", "shadow=\"true\"");
    }

    @ParameterizedTest
    @CsvSource({"10.1.2.3, 200", "11.1.2.3, 403", "'10.1.2.3, 11.1.2.3', 403", "x, 403"})
    void networkIsThatOfWhoeverTheTrustedProxyNames(String forwarded, int status) {
        STAGE.signInAsAlice(alice);

        assertThat(alice.send("PATCH", shop(), "", Map.of("X-Forwarded-For", forwarded))
                        .status())
                .isEqualTo(status);
    }

    @Test
    void publicRouteCanBeForANetwork() {
        assertThat(alice.fetch("GET", STAGE.url("/public/x")).status()).isEqualTo(200);
        assertThat(alice.send("GET", STAGE.url("/public/x"), "", Map.of("X-Forwarded-For", "198.51.100.1"))
                        .status())
                .isEqualTo(403);
    }

    @Test
    void apiClientIsHeldAgainstTheSameRules() {
        ApiClient client = new ApiClient(STAGE);

        assertThat(client.get("/shop/books", client.token()).status()).isEqualTo(403);
        assertThat(client.get("/shop/books", client.tokenWith("'roles':['admin']"))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void roleThatIsTakenAwayCountsOnceLogtoSaysSo() {
        STAGE.signInAsAlice(alice);
        assertThat(alice.fetch("GET", shop()).status()).isEqualTo(200);

        STAGE.logto().control("PATCH", "users/alice", "{\"roles\":[]}");
        for (int i = 0; i < 3; i++) {
            STAGE.advance(Duration.ofMinutes(25));
            assertThat(alice.fetch("GET", STAGE.url("/other")).status()).isEqualTo(200);
        }

        assertThat(alice.fetch("GET", shop()).status()).isEqualTo(403);
    }

    private static String shop() {
        return STAGE.url("/shop/books");
    }
}
