package io.gatehouse.gateway.organization;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.gatehouse.gateway.fixture.Browser;
import io.gatehouse.gateway.fixture.Browser.Answer;
import io.gatehouse.gateway.fixture.Stage;
import io.gatehouse.gateway.fixture.TestSessions;
import io.gatehouse.gateway.fixture.Upstream.Received;
import java.text.ParseException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class OrganizationsIT {

    private static final String ACME = "acmebooks001";
    private static final String PARTS = "https://parts.bookstore.local";

    @RegisterExtension
    static final Stage STAGE = new Stage(properties());

    private final Browser browser = new Browser();
    private String other = "";

    private static Map<String, String> properties() {
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("gatehouse.organizations.acme", ACME);
        route(properties, 0, "chosen", "/chosen/**", "session", TestSessions.RESOURCE);
        route(properties, 1, "named", "/named/**", "header:X-Organization", TestSessions.RESOURCE);
        route(properties, 2, "parts", "/parts/**", "header:X-Organization", PARTS);
        route(properties, 3, "itself", "/in/{organization}/**", "path:/in/{organization}/**", "");
        return properties;
    }

    private static void route(
            Map<String, String> properties, int number, String id, String path, String source, String resource) {
        String prefix = "gatehouse.routes[" + number + "].";
        properties.put(prefix + "id", id);
        properties.put(prefix + "path", path);
        properties.put(prefix + "access", "authenticated");
        properties.put(prefix + "relay.token", "access");
        properties.put(prefix + "relay.resource", resource);
        properties.put(prefix + "relay.organization", source);
        properties.put(prefix + "relay.scopes", "read:books,manage:shelf");
    }

    @BeforeEach
    void signIn() {
        STAGE.logto().control("POST", "resources", "{\"indicator\":\"" + PARTS + "\"}");
        other = STAGE.logto()
                .control("POST", "organizations", "{\"name\":\"Other Books\"}")
                .path("id")
                .asString();
        join(other);
        STAGE.signInAsAlice(browser);
        STAGE.upstream().forget();
    }

    @Test
    void tokenIsForTheOrganizationThatTheRequestNames() {
        assertThat(get("/named/x", Map.of("X-Organization", ACME)).status()).isEqualTo(200);
        assertThat(get("/in/acme/x", Map.of()).status()).isEqualTo(200);

        assertThat(claims(0).getAudience()).containsExactly(TestSessions.RESOURCE);
        assertThat(claims(0).getClaim("organization_id")).isEqualTo(ACME);
        assertThat(claims(1).getAudience()).containsExactly("urn:logto:organization:" + ACME);
        assertThat(claims(1).getClaim("scope")).isEqualTo("manage:shelf");
    }

    /** Several servers read {@code X_Organization} as {@code X-Organization}. */
    @Test
    void upstreamIsToldTheOrganizationThatWasCheckedAndNoOther() {
        browser.send("GET", STAGE.url("/named/x"), "", Map.of("X-Organization", "acme", "X_Organization", other));
        browser.send("GET", STAGE.url("/in/acme/x"), "", Map.of("X-Organization", other));

        assertThat(STAGE.upstream().received())
                .extracting(received -> received.headers().getAll("X-Organization"))
                .containsExactly(List.of(ACME), List.of());
        assertThat(STAGE.upstream().received())
                .allSatisfy(received ->
                        assertThat(received.headers().getAll("X_Organization")).isEmpty());
    }

    @Test
    void tokensAreFetchedOnceForEachOrganizationAndThenKept() {
        for (int i = 0; i < 3; i++) {
            get("/named/x", Map.of("X-Organization", ACME));
            get("/named/x", Map.of("X-Organization", other));
        }

        assertThat(STAGE.upstream().received()).hasSize(6);
        assertThat(STAGE.logto().tokenCalls("refresh_token")).isEqualTo(2);
    }

    @Test
    void chosenOrganizationCountsFromTheNextRequestOn() {
        assertThat(get("/chosen/x", Map.of()).body()).contains("organization-required");

        assertThat(choose(other).body()).isEqualTo("{\"organization\":\"" + other + "\"}");
        assertThat(get("/chosen/x", Map.of()).status()).isEqualTo(200);
        assertThat(choose("acme").status()).isEqualTo(200);
        assertThat(get("/chosen/x", Map.of()).status()).isEqualTo(200);

        assertThat(claims(0).getClaim("organization_id")).isEqualTo(other);
        assertThat(claims(1).getClaim("organization_id")).isEqualTo(ACME);
        assertThat(browser.fetch("GET", STAGE.url("/auth/session")).body())
                .contains("\"organization\":\"" + ACME + "\"");
    }

    @Test
    void formLeadsBackToWhereItWasSent() {
        Answer answer = browser.submit(
                STAGE.url("/auth/organization"), Map.of("organization", ACME, "return_to", "/books?shelf=1"));

        assertThat(answer.status()).isEqualTo(303);
        assertThat(answer.location().toString()).endsWith("/books?shelf=1");
    }

    @Test
    void onlyOrganizationNeedNotBeChosen() {
        Browser single = new Browser();
        STAGE.logto().control("DELETE", "organizations/" + other + "/users/alice", "");
        STAGE.signInAsAlice(single);

        assertThat(single.fetch("GET", STAGE.url("/chosen/x")).status()).isEqualTo(200);

        assertThat(claims(0).getClaim("organization_id")).isEqualTo(ACME);
    }

    @Test
    void whoIsNoMemberIsToldSoAndTheUpstreamIsNotCalled() {
        Browser bob = new Browser();
        STAGE.signIn(bob, "bob", "Builder-42!!");
        STAGE.upstream().forget();

        assertThat(bob.fetch("GET", STAGE.url("/in/acme/x")).body()).contains("not-a-member");
        assertThat(get("/named/x", Map.of("X-Organization", "nowhere")).body()).contains("not-a-member");
        assertThat(get("/named/x", Map.of("X-Organization", "a b\u00e4")).status())
                .isEqualTo(403);
        assertThat(get("/named/x", Map.of()).body()).contains("organization-required");
        assertThat(choose("nowhere").body()).contains("not-a-member");

        assertThat(STAGE.upstream().received()).isEmpty();
        assertThat(STAGE.logto().tokenCalls("refresh_token")).isZero();
        assertThat(browser.fetch("GET", STAGE.url("/books")).status()).isEqualTo(200);
    }

    @Test
    void membershipThatHasEndedIsGoneWithTheNextToken() {
        STAGE.logto()
                .control(
                        "POST",
                        "resources",
                        "{\"indicator\":\"" + TestSessions.RESOURCE + "\",\"accessTokenTtl\":\"10m\"}");
        assertThat(get("/named/x", Map.of("X-Organization", ACME)).status()).isEqualTo(200);
        STAGE.logto().control("DELETE", "organizations/" + ACME + "/users/alice", "");
        STAGE.advance(Duration.ofSeconds(570));

        assertThat(get("/named/x", Map.of("X-Organization", ACME)).body()).contains("not-a-member");
        assertThat(get("/named/x", Map.of("X-Organization", other)).status()).isEqualTo(200);
        assertThat(browser.fetch("GET", STAGE.url("/books")).status()).isEqualTo(200);
    }

    @Test
    void membershipThatIsNewCountsWithinAMinute() {
        String third = STAGE.logto()
                .control("POST", "organizations", "{\"name\":\"Third Books\"}")
                .path("id")
                .asString();
        join(third);
        assertThat(get("/named/x", Map.of("X-Organization", third)).status()).isEqualTo(403);

        STAGE.advance(Duration.ofSeconds(61));

        assertThat(get("/named/x", Map.of("X-Organization", third)).status()).isEqualTo(200);
    }

    @Test
    void otherSitesCannotChoose() {
        Answer answer = browser.send(
                "POST",
                STAGE.url("/auth/organization"),
                "organization=" + ACME,
                Map.of("Content-Type", "application/x-www-form-urlencoded", "Sec-Fetch-Site", "cross-site"));

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.body()).contains("cross-site-request");
    }

    @Test
    void choiceWithoutASessionOrWithoutAnOrganizationIsRefused() {
        assertThat(new Browser().fetch("POST", STAGE.url("/auth/organization")).status())
                .isEqualTo(401);
        assertThat(browser.fetch("POST", STAGE.url("/auth/organization")).status())
                .isEqualTo(400);
        assertThat(browser.fetch("GET", STAGE.url("/auth/organization")).status())
                .isEqualTo(405);
    }

    /** S54: CVE-2025-26620, a token cache that mixes up what it was asked for. */
    @Test
    void s54EveryUpstreamSeesOnlyItsOwnAudienceAndOrganization() {
        List<String> organizations = List.of(ACME, other);
        List<String> prefixes = List.of("/named/", "/parts/");

        IntStream.range(0, 200)
                .parallel()
                .mapToObj(number -> get(
                        prefixes.get(number % 2) + number, Map.of("X-Organization", organizations.get(number / 2 % 2))))
                .forEach(answer -> assertThat(answer.status()).isEqualTo(200));

        assertThat(STAGE.upstream().received()).hasSize(200).allSatisfy(OrganizationsIT::assertOwn);
        assertThat(STAGE.logto().tokenCalls("refresh_token")).isEqualTo(4);
    }

    private static void assertOwn(Received received) {
        JWTClaimsSet claims = claims(received);
        String resource = received.uri().startsWith("/parts/") ? PARTS : TestSessions.RESOURCE;
        assertThat(claims.getAudience()).containsExactly(resource);
        assertThat(claims.getClaim("organization_id"))
                .isEqualTo(received.headers().get("X-Organization"));
    }

    private void join(String organization) {
        STAGE.logto().control("PUT", "organizations/" + organization + "/users/alice", "{\"roles\":[\"editor\"]}");
    }

    private Answer choose(String organization) {
        return browser.send(
                "POST",
                STAGE.url("/auth/organization"),
                "organization=" + organization,
                Map.of(
                        "Content-Type", "application/x-www-form-urlencoded",
                        "Sec-Fetch-Site", "same-origin",
                        "Sec-Fetch-Mode", "cors",
                        "Sec-Fetch-Dest", "empty"));
    }

    private Answer get(String path, Map<String, String> headers) {
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.put("Sec-Fetch-Site", "same-origin");
        all.put("Sec-Fetch-Mode", "cors");
        all.put("Sec-Fetch-Dest", "empty");
        return browser.send("GET", STAGE.url(path), "", all);
    }

    private static JWTClaimsSet claims(int number) {
        return claims(STAGE.upstream().received().get(number));
    }

    private static JWTClaimsSet claims(Received received) {
        try {
            return SignedJWT.parse(received.headers().get("Authorization").substring("Bearer ".length()))
                    .getJWTClaimsSet();
        } catch (ParseException notAJwt) {
            throw new IllegalArgumentException(notAJwt);
        }
    }
}
