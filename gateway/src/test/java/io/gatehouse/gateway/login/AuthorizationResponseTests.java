package io.gatehouse.gateway.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.gatehouse.gateway.problem.GatewayException;
import io.gatehouse.gateway.problem.ProblemType;
import io.gatehouse.gateway.provider.ProviderMetadata;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.util.MultiValueMap;
import org.springframework.web.util.UriComponentsBuilder;

/** Prevents the classes of CVE-2023-27496 (a missing state) and of mod_auth_openidc's repeated parameters. */
class AuthorizationResponseTests {

    private static final String ISSUER = "http://localhost:3001/oidc";

    @ParameterizedTest
    @ValueSource(strings = {"", "code=x", "state=", "state", "error=x", "&"})
    void responseMayLackAnything(String query) {
        assertThat(AuthorizationResponse.read(query(query)).state()).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "code=a&code=b&state=s",
                "code=a&state=s&state=s",
                "code=a&state=s&iss=x&iss=y",
                "error=a&error=b&state=s"
            })
    void repeatedParameterIsRefused(String query) {
        assertThatExceptionOfType(GatewayException.class)
                .isThrownBy(() -> AuthorizationResponse.read(query(query)))
                .satisfies(refused -> assertThat(refused.type()).isEqualTo(ProblemType.INVALID_REQUEST));
    }

    @ParameterizedTest
    @CsvSource({
        "http://localhost:3001/oidc, true, true",
        "http://localhost:3001/oidc, false, true",
        "http://localhost:3001/oidc/, true, false",
        "http://evil.example/oidc, true, false",
        "http://evil.example/oidc, false, false",
        ", true, false",
        ", false, true"
    })
    void issuerIsComparedWheneverItIsSentAndRequiredWhereItIsAnnounced(
            String sent, boolean announced, boolean accepted) {
        var response = AuthorizationResponse.read(
                sent == null ? query("state=s") : MultiValueMap.fromSingleValue(Map.of("state", "s", "iss", sent)));

        if (accepted) {
            response.requireIssuer(metadata(announced));
        } else {
            assertThatExceptionOfType(GatewayException.class)
                    .isThrownBy(() -> response.requireIssuer(metadata(announced)))
                    .satisfies(refused -> assertThat(refused.type()).isEqualTo(ProblemType.SIGN_IN_INVALID));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "error=access_denied, the IdP answered access_denied",
        "code=x&error=access_denied, the IdP answered access_denied",
        "error=x%0Ainjected, the IdP answered an unknown error",
        "state=s, the IdP answered neither a code nor an error"
    })
    void errorOfTheBrowserIsLoggedOnlyIfItIsAnErrorCode(String query, String detail) {
        assertThatExceptionOfType(GatewayException.class)
                .isThrownBy(() -> AuthorizationResponse.read(query(query)).requireCode())
                .withMessage(detail)
                .satisfies(refused -> assertThat(refused.type()).isEqualTo(ProblemType.SIGN_IN_REFUSED));
    }

    @ParameterizedTest
    @ValueSource(strings = {"x\0", "\nx", "x\u007f", "\u4e66", "x\ufffd"})
    void whatNoProviderCanHaveSentIsNoCode(String code) {
        var response = AuthorizationResponse.read(MultiValueMap.fromSingleValue(Map.of("state", "s", "code", code)));

        assertThatExceptionOfType(GatewayException.class)
                .isThrownBy(response::requireCode)
                .satisfies(refused -> assertThat(refused.type()).isEqualTo(ProblemType.SIGN_IN_REFUSED));
    }

    private static ProviderMetadata metadata(boolean announced) {
        ClientRegistration registration = ClientRegistration.withRegistrationId("logto")
                .authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
                .clientId("app")
                .redirectUri("http://localhost:8080/auth/callback")
                .authorizationUri(ISSUER + "/auth")
                .tokenUri(ISSUER + "/token")
                .providerConfigurationMetadata(Map.of("authorization_response_iss_parameter_supported", announced))
                .build();
        return new ProviderMetadata(registration, ISSUER, ISSUER + "/auth", ISSUER + "/jwks");
    }

    private static MultiValueMap<String, String> query(String query) {
        return UriComponentsBuilder.newInstance().query(query).build(true).getQueryParams();
    }
}
