package io.gatehouse.gateway.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.gatehouse.gateway.edge.BasePath;
import io.gatehouse.gateway.edge.EndpointPaths;
import io.gatehouse.gateway.edge.PublicUrl;
import io.gatehouse.gateway.edge.ReturnTo;
import io.gatehouse.gateway.problem.GatewayException;
import io.gatehouse.gateway.problem.ProblemType;
import io.gatehouse.gateway.route.RouteProperties;
import io.gatehouse.gateway.route.RouteTable;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.util.MultiValueMap;
import org.springframework.web.util.UriComponentsBuilder;

class SignInParametersTests {

    private static final String ISSUER = "http://localhost:3001/oidc";

    private final SignInParameters parameters = parameters(Map.of());

    private static SignInParameters parameters(Map<String, String> configured) {
        var source = new MapConfigurationPropertySource(configured);
        LoginProperties login = new Binder(source).bindOrCreate("sign-in", LoginProperties.class);
        RouteProperties route = new Binder(source).bindOrCreate("route", RouteProperties.class);
        return new SignInParameters(
                new Connectors(Map.of("okta", "acme-1", "entra", "acme-2")),
                login,
                new RouteTable(route.path().isEmpty() ? List.of() : List.of(route)),
                PublicUrl.of("https://app.example"),
                BasePath.of("/auth"),
                new Binder(source).bindOrCreate("paths", EndpointPaths.class).below("/auth"));
    }

    @ParameterizedTest
    @CsvSource({
        "first_screen=register, first_screen, register",
        "first_screen=identifier:sign_in, first_screen, identifier:sign_in",
        "login_hint=joe+x@acme.test, login_hint, joe+x@acme.test",
        "ui_locales=zh-CN en, ui_locales, zh-CN en",
        "connector=okta, direct_sign_in, sso:acme-1"
    })
    void knownValueBecomesAParameterOfLogto(String query, String name, String value) {
        assertThat(parameters.read(query(query), null).parameters()).isEqualTo(Map.of(name, value));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "first_screen=bogus",
                "first_screen=",
                "connector=unknown",
                "connector=acme-1",
                "prompt=none",
                "prompt=create",
                "prompt=login none",
                "login_hint=",
                "login_hint=a b",
                "ui_locales=<x>",
                "ui_locales=",
                "organization=a/b",
                "return_to=/a&return_to=/b",
                "first_screen=register&first_screen=register"
            })
    void unknownOrRepeatedValueIsRefused(String query) {
        assertRefused(() -> parameters.read(query(query), null));
    }

    @Test
    void connectorAndPromptAskForCredentialsAgain() {
        assertThat(parameters.read(query("connector=okta"), null).demand().needsCredentials())
                .isTrue();
        assertThat(parameters.read(query("prompt=login"), null).demand().needsCredentials())
                .isTrue();
        assertThat(parameters.read(query("prompt=consent"), null).demand().needsCredentials())
                .isFalse();
        assertThat(parameters.read(query("x=y"), null).demand().needsCredentials())
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "/books?x=1, /books?x=1",
        "https://app.example/books, /books",
        "https://evil.example/, /",
        "//evil.example, /",
        "/auth/sign-in, /",
        "/auth, /",
        "/auth/sign-out?x=y, /"
    })
    void targetIsAPageOfThisGatewayAndNotOneOfItsEndpoints(String requested, String target) {
        assertThat(parameters
                        .read(MultiValueMap.fromSingleValue(Map.of("return_to", requested)), null)
                        .target()
                        .path())
                .isEqualTo(target);
    }

    @Test
    void addressOfAKnownDomainLeadsToItsConnector() {
        SignInParameters configured = parameters(Map.of("sign-in.domains[acme.test]", "okta"));

        assertThat(configured.read(query("login_hint=joe@ACME.test"), null))
                .satisfies(led -> assertThat(led.parameters())
                        .isEqualTo(Map.of("login_hint", "joe@ACME.test", "direct_sign_in", "sso:acme-1")))
                .satisfies(led -> assertThat(led.demand().needsCredentials()).isTrue());
        assertThat(configured.read(query("login_hint=acme.test"), null).parameters())
                .doesNotContainKey("direct_sign_in");
        assertThat(configured.read(query("login_hint=joe@other.test"), null).parameters())
                .doesNotContainKey("direct_sign_in");
        assertThat(configured
                        .readInitiation(query("login_hint=joe@acme.test"), ISSUER, null)
                        .parameters())
                .containsEntry("direct_sign_in", "sso:acme-1");
    }

    @Test
    void routeSaysHowPeopleSignInWhoAreOnTheirWayToIt() {
        SignInParameters configured = parameters(Map.of(
                "route.id", "partners",
                "route.path", "/partners/**",
                "route.host", "app.example",
                "route.upstream", "http://127.0.0.1:1",
                "route.sign-in.connector", "entra",
                "route.sign-in.organization", "org_1",
                "route.sign-in.max-age", "5m"));

        SignInRequest there = configured.read(query("return_to=/partners/x"), "app.example:443");

        assertThat(there.parameters()).isEqualTo(Map.of("direct_sign_in", "sso:acme-2"));
        assertThat(there.organization()).isEqualTo("org_1");
        assertThat(configured
                        .read(query("return_to=/partners/x"), "other.example")
                        .parameters())
                .isEmpty();
        assertThat(configured
                        .read(query("return_to=/partners/x&connector=okta"), "app.example")
                        .parameters())
                .containsEntry("direct_sign_in", "sso:acme-1");
        assertThat(configured.read(query("step_up=partners"), null).organization())
                .isEqualTo("org_1");
        assertRefused(() -> configured.read(query("step_up=others"), null));
        assertThat(configured.read(query("return_to=/partners/x&prompt=consent"), "app.example"))
                .satisfies(silent -> assertThat(silent.parameters()).isEmpty())
                .satisfies(
                        silent -> assertThat(silent.demand().needsCredentials()).isFalse());
    }

    @Test
    void routeSaysTheSameOfASignInThatStartsElsewhere() {
        SignInParameters configured = parameters(Map.of(
                "route.id", "partners",
                "route.path", "/partners/**",
                "route.upstream", "http://127.0.0.1:1",
                "route.sign-in.connector", "entra",
                "route.sign-in.organization", "org_1",
                "route.sign-in.acr", "phr",
                "sign-in.domains[acme.test]", "okta"));
        String there = "iss=" + ISSUER + "&target_link_uri=/partners/x";

        assertThat(configured.readInitiation(query(there), ISSUER, null))
                .isEqualTo(new SignInRequest(
                        new ReturnTo("/partners/x"),
                        new Demand(0, "phr"),
                        "org_1",
                        Map.of("direct_sign_in", "sso:acme-2")));
        assertThat(configured
                        .readInitiation(query(there + "&login_hint=joe@acme.test"), ISSUER, null)
                        .parameters())
                .containsEntry("direct_sign_in", "sso:acme-1");
        assertThat(configured
                        .readInitiation(query(there + "&login_hint=joe@acme.test&ssoConnectorId=acme-2"), ISSUER, null)
                        .parameters())
                .containsEntry("direct_sign_in", "sso:acme-2");
    }

    @Test
    void portalLeadsToItsConnectorAndStrangersNowhere() {
        SignInParameters configured = parameters(Map.of(
                "sign-in.portals[0].issuer", "https://acme.okta.test",
                "sign-in.portals[0].connector", "okta",
                "sign-in.connector", "entra",
                "sign-in.domains[partner.test]", "entra"));
        String tile = "iss=https://acme.okta.test&target_link_uri=/books&login_hint=joe@partner.test";

        assertThat(configured.readInitiation(query(tile), ISSUER, null))
                .isEqualTo(new SignInRequest(
                        new ReturnTo("/books"),
                        Demand.CREDENTIALS,
                        "",
                        Map.of("direct_sign_in", "sso:acme-1", "login_hint", "joe@partner.test")));
        assertRefused(() -> configured.readInitiation(query("iss=https://acme.okta.test/"), ISSUER, null));
        assertRefused(() -> configured.readInitiation(query("iss=https://evil.test"), ISSUER, null));
        assertRefused(() -> parameters.readInitiation(query("iss=https://acme.okta.test"), ISSUER, null));
    }

    @ParameterizedTest
    @CsvSource({
        "return_to=/books, return_to=/books",
        "x=y, return_to=/",
        "return_to=//evil.test&prompt=login&organization=org_1&ui_locales=de&x=y,"
                + " organization=org_1 prompt=login return_to=/ ui_locales=de",
        "choice=false, ''",
        "connector=okta, ''",
        "login_hint=joe, ''",
        "first_screen=register, ''",
        "prompt=consent, ''"
    })
    void whatALinkLeavesOpenIsAskedFor(String query, String left) {
        MultiValueMap<String, String> parsed = query(query);

        assertThat(parameters.undecided(parsed, parameters.read(parsed, null)).entrySet().stream()
                        .map(Object::toString)
                        .collect(Collectors.joining(" ")))
                .isEqualTo(left);
    }

    @Test
    void choiceIsOfferedOrNot() {
        MultiValueMap<String, String> strange = query("choice=maybe");

        assertRefused(() -> parameters.undecided(strange, parameters.read(strange, null)));
    }

    @Test
    void configurationSaysWhatALinkDoesNot() {
        SignInParameters configured = parameters(Map.of(
                "sign-in.prompt", "login",
                "sign-in.connector", "okta"));

        SignInRequest usual = configured.read(query("x=y"), null);

        assertThat(usual.parameters()).isEqualTo(Map.of("direct_sign_in", "sso:acme-1"));
        assertThat(usual.demand()).isEqualTo(Demand.CREDENTIALS);
        assertThat(configured.read(query("connector=entra"), null).parameters())
                .isEqualTo(Map.of("direct_sign_in", "sso:acme-2"));
    }

    @Test
    void thirdPartyMayInitiateASignInForOurIssuer() {
        SignInRequest request = parameters.readInitiation(
                MultiValueMap.fromSingleValue(Map.of(
                        "iss", ISSUER, "target_link_uri", "https://app.example/books", "ssoConnectorId", "acme-1")),
                ISSUER,
                null);

        assertThat(request.target().path()).isEqualTo("/books");
        assertThat(request.parameters()).isEqualTo(Map.of("direct_sign_in", "sso:acme-1"));
        assertThat(request.demand().needsCredentials()).isTrue();
    }

    @Test
    void issuerMayBeLeftOutOnlyWithoutATarget() {
        assertThat(parameters
                        .readInitiation(query("login_hint=joe"), ISSUER, null)
                        .parameters())
                .isEqualTo(Map.of("login_hint", "joe"));
        assertRefused(() -> parameters.readInitiation(query("target_link_uri=/books"), ISSUER, null));
    }

    @Test
    void otherIssuerAndForeignTargetLeadNowhere() {
        assertRefused(() -> parameters.readInitiation(query("iss=https://other"), ISSUER, null));
        assertThat(parameters
                        .readInitiation(
                                MultiValueMap.fromSingleValue(
                                        Map.of("iss", ISSUER, "target_link_uri", "https://evil.example/x")),
                                ISSUER,
                                null)
                        .target()
                        .path())
                .isEqualTo("/");
    }

    private static void assertRefused(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatExceptionOfType(GatewayException.class)
                .isThrownBy(call)
                .satisfies(refused -> assertThat(refused.type()).isEqualTo(ProblemType.INVALID_REQUEST));
    }

    private static MultiValueMap<String, String> query(String query) {
        return UriComponentsBuilder.newInstance().query(query).build().getQueryParams();
    }
}
