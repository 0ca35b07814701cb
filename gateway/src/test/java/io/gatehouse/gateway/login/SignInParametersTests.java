package io.gatehouse.gateway.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.gatehouse.gateway.edge.BasePath;
import io.gatehouse.gateway.edge.PublicUrl;
import io.gatehouse.gateway.problem.GatewayException;
import io.gatehouse.gateway.problem.ProblemType;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.MultiValueMap;
import org.springframework.web.util.UriComponentsBuilder;

class SignInParametersTests {

    private static final String ISSUER = "http://localhost:3001/oidc";

    private final SignInParameters parameters = new SignInParameters(
            new Connectors(Map.of("okta", "acme-1")), PublicUrl.of("https://app.example"), BasePath.of("/auth"));

    @ParameterizedTest
    @CsvSource({
        "first_screen=register, first_screen, register",
        "first_screen=identifier:sign_in, first_screen, identifier:sign_in",
        "login_hint=joe+x@acme.test, login_hint, joe+x@acme.test",
        "ui_locales=zh-CN en, ui_locales, zh-CN en",
        "organization=org_1, organization_id, org_1",
        "connector=okta, direct_sign_in, sso:acme-1"
    })
    void knownValueBecomesAParameterOfLogto(String query, String name, String value) {
        assertThat(parameters.read(query(query)).parameters()).isEqualTo(Map.of(name, value));
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
        assertRefused(() -> parameters.read(query(query)));
    }

    @Test
    void connectorAndPromptAskForCredentialsAgain() {
        assertThat(parameters.read(query("connector=okta")).reauthenticate()).isTrue();
        assertThat(parameters.read(query("prompt=login")).reauthenticate()).isTrue();
        assertThat(parameters.read(query("prompt=consent")).reauthenticate()).isFalse();
        assertThat(parameters.read(query("x=y")).reauthenticate()).isFalse();
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
                        .read(MultiValueMap.fromSingleValue(Map.of("return_to", requested)))
                        .target()
                        .path())
                .isEqualTo(target);
    }

    @Test
    void thirdPartyMayInitiateASignInForOurIssuer() {
        SignInRequest request = parameters.readInitiation(
                MultiValueMap.fromSingleValue(Map.of(
                        "iss", ISSUER, "target_link_uri", "https://app.example/books", "ssoConnectorId", "acme-1")),
                ISSUER);

        assertThat(request.target().path()).isEqualTo("/books");
        assertThat(request.parameters()).isEqualTo(Map.of("direct_sign_in", "sso:acme-1"));
        assertThat(request.reauthenticate()).isTrue();
    }

    @Test
    void issuerMayBeLeftOutOnlyWithoutATarget() {
        assertThat(parameters.readInitiation(query("login_hint=joe"), ISSUER).parameters())
                .isEqualTo(Map.of("login_hint", "joe"));
        assertRefused(() -> parameters.readInitiation(query("target_link_uri=/books"), ISSUER));
    }

    @Test
    void otherIssuerAndForeignTargetLeadNowhere() {
        assertRefused(() -> parameters.readInitiation(query("iss=https://other"), ISSUER));
        assertThat(parameters
                        .readInitiation(
                                MultiValueMap.fromSingleValue(
                                        Map.of("iss", ISSUER, "target_link_uri", "https://evil.example/x")),
                                ISSUER)
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
