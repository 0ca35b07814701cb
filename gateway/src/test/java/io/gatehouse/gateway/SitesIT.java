package io.gatehouse.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.SignedJWT;
import io.gatehouse.gateway.fixture.AuditTrail;
import io.gatehouse.gateway.fixture.Browser;
import io.gatehouse.gateway.fixture.Browser.Answer;
import io.gatehouse.gateway.fixture.LogtoEmulator;
import io.gatehouse.gateway.fixture.NamedUpstream;
import io.gatehouse.gateway.fixture.Stage;
import io.gatehouse.gateway.fixture.TestSessions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Two applications on one gateway: one at {@code localhost}, and a shop at {@code 127.0.0.1}. */
class SitesIT {

    private static final String OPS_KEY = "the-ops-key-of-both-sites-in-test";
    private static final String SHOP_APP = "shop-gateway";
    private static final String SHOP_SECRET = "the-secret-of-the-shop-at-logto-1";
    private static final Path FILE = temporary();

    @RegisterExtension
    static final NamedUpstream SHOP = new NamedUpstream("shop");

    @RegisterExtension
    static final NamedUpstream MOVED = new NamedUpstream("moved");

    @RegisterExtension
    static final Stage STAGE = new Stage(Map.of(
                    "gatehouse.ops.key",
                    OPS_KEY,
                    "gatehouse.pages.name",
                    "Library",
                    "gatehouse.reload.interval",
                    "100ms"))
            .routedBy(FILE);

    static {
        write(SHOP);
    }

    @RegisterExtension
    final AuditTrail audit = new AuditTrail();

    private final Browser browser = new Browser();

    @BeforeEach
    void registerTheShop() {
        STAGE.logto().control("POST", "applications", """
            {"id": "%s", "secret": "%s", "redirectUris": ["%s"], "postLogoutRedirectUris": ["%s"]}
            """.formatted(
                        SHOP_APP, SHOP_SECRET, shop("/auth/callback"), shop("/auth/signed-out")));
    }

    @Test
    void eachIsItsOwnApplicationAtLogto() {
        Map<String, List<String>> ofShop = browser.open(shop("/books")).locationParameters();
        Map<String, List<String>> ofMain = browser.open(STAGE.url("/books")).locationParameters();

        assertThat(ofShop).containsEntry("client_id", List.of(SHOP_APP));
        assertThat(ofShop).containsEntry("redirect_uri", List.of(shop("/auth/callback")));
        assertThat(ofMain).containsEntry("client_id", List.of(LogtoEmulator.APP_ID));
        assertThat(ofMain).containsEntry("redirect_uri", List.of(STAGE.url("/auth/callback")));
    }

    @Test
    void connectorsOfTheGatewayAreTheShopsToo() {
        assertThat(browser.open(shop("/staff")).locationParameters())
                .containsEntry("direct_sign_in", List.of("sso:" + STAGE.logto().connector()));
    }

    @Test
    void eachHasItsOwnPagesAndRoutes() {
        assertThat(browser.open(shop("/auth/signed-out")).body())
                .contains("Shop")
                .doesNotContain("Library");
        assertThat(browser.open(STAGE.url("/auth/signed-out")).body()).contains("Library");
        assertThat(browser.open(shop("/public")).body()).isEqualTo("shop");
        assertThat(browser.open(STAGE.url("/public")).body()).isEqualTo("upstream");
    }

    @Test
    void sessionOfOneIsNoneAtTheOther() {
        Browser atShop = new Browser();
        Browser atMain = new Browser();
        signInAtShop(atShop);
        STAGE.signInAsAlice(atMain);
        String ofShop = atShop.cookies().get("gatehouse");
        String ofMain = atMain.cookies().get("gatehouse");

        assertThat(atShop.open(shop("/books")).body()).isEqualTo("shop");
        assertThat(atMain.open(STAGE.url("/books")).status()).isEqualTo(200);
        assertThat(new Browser()
                        .with("gatehouse", ofShop)
                        .open(STAGE.url("/books"))
                        .status())
                .isEqualTo(302);
        assertThat(new Browser().with("gatehouse", ofMain).open(shop("/books")).status())
                .isEqualTo(302);
    }

    @Test
    void flowOfOneCannotBeFinishedAtTheOther() {
        Answer toShop = browser.open(shop("/books"));
        Answer callback = browser.signIn(toShop, "alice", "Wonderland-42!");
        String elsewhere = callback.location().toString().replace(shop(""), STAGE.url(""));

        Answer answer = browser.open(elsewhere);

        assertThat(browser.cookies()).doesNotContainKey("gatehouse");
        assertThat(answer.status()).isNotEqualTo(200);
    }

    @Test
    void tokenIsOneOfTheShopsOwnApplication() throws Exception {
        signInAtShop(browser);

        assertThat(browser.open(shop("/api/books")).status()).isEqualTo(200);

        String authorization = STAGE.upstream().single().headers().get("Authorization");
        assertThat(SignedJWT.parse(authorization.substring("Bearer ".length()))
                        .getJWTClaimsSet()
                        .getClaim("client_id"))
                .isEqualTo(SHOP_APP);
    }

    @Test
    void operatorsChooseTheSite() {
        signInAtShop(browser);
        String subject = session(browser, shop("/auth/session"));

        assertThat(ops("GET", "/sessions?subject=" + subject).body()).isEqualTo("{\"sessions\":[]}");
        assertThat(ops("GET", "/sessions?site=nowhere&subject=" + subject).status())
                .isEqualTo(400);
        assertThat(ops("DELETE", "/sessions?site=shop&subject=" + subject).body())
                .isEqualTo("{\"ended\":1}");
        assertThat(browser.open(shop("/books")).status()).isEqualTo(302);
        assertThat(audit.events("operator acted").getLast()).contains("site=shop");
        assertThat(ops("GET", "/readyz").status()).isEqualTo(200);
    }

    @Test
    void hostThatNobodyHasIsTheGatewaysOwn() {
        assertThat(STAGE.gateway().bean(Sites.class).at("127.0.0.2:80")).isEmpty();
        assertThat(STAGE.gateway().bean(Sites.class).at("127.0.0.1:80")).isPresent();
        assertThat(STAGE.gateway().bean(Sites.class).at("localhost")).isEmpty();
    }

    @Test
    void routesOfASiteChangeWhileItRuns() {
        write(MOVED);
        try {
            Awaitility.await().until(() -> browser.open(shop("/public")).body().equals("moved"));

            assertThat(audit.events("configuration reloaded").getLast())
                    .isEqualTo("keys=\"[gatehouse.sites.shop.routes]\"");
        } finally {
            write(SHOP);
            Awaitility.await().until(() -> browser.open(shop("/public")).body().equals("shop"));
        }
    }

    private void signInAtShop(Browser person) {
        Answer callback = person.signIn(person.open(shop("/books")), "alice", "Wonderland-42!");
        person.open(callback.location().toString());
        assertThat(person.cookies()).containsKey("gatehouse");
    }

    private static String session(Browser person, String url) {
        return person.open(url).body().replaceAll("(?s).*\"subject\":\"([^\"]+)\".*", "$1");
    }

    private static Answer ops(String method, String path) {
        return new Browser()
                .send(method, STAGE.gateway().ops() + path, "", Map.of("Authorization", "Bearer " + OPS_KEY));
    }

    private static String shop(String path) {
        return STAGE.url(path).replace("localhost", "127.0.0.1");
    }

    private static void write(NamedUpstream shop) {
        try {
            Files.writeString(FILE, """
                gatehouse:
                  routes:
                    - {id: open, path: /public/**, access: public, upstream: '%1$s'}
                    - {id: rest, path: /**, upstream: '%1$s'}
                  sites:
                    shop:
                      public-url: '%2$s'
                      logto: {app-id: %3$s, app-secret: %4$s}
                      pages: {name: Shop}
                      routes:
                        - {id: open, path: /public/**, access: public, upstream: '%5$s'}
                        - {id: staff, path: /staff/**, upstream: '%5$s', sign-in: {connector: okta}}
                        - {id: api, path: /api/**, upstream: '%1$s', relay: {token: access, resource: '%6$s'}}
                        - {id: rest, path: /**, upstream: '%5$s'}
                """.formatted(
                    STAGE.upstream().url(), shop(""), SHOP_APP, SHOP_SECRET, shop.url(), TestSessions.RESOURCE));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static Path temporary() {
        try {
            return Files.createTempDirectory("sites").resolve("sites.yaml");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
