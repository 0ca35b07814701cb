package io.gatehouse.gateway.bearer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpHeaders;

class SentCredentialsTests {

    @ParameterizedTest
    @ValueSource(strings = {"Bearer a.b-c_~+/==", "bearer a.b-c_~+/==", "BEARER   a.b-c_~+/=="})
    void schemeIsBearerInAnyCase(String field) {
        assertThat(sent(field).areBearer()).isTrue();
        assertThat(sent(field).token()).contains("a.b-c_~+/==");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Bearer",
                "Bearer ",
                "Bearer\ta",
                "Bearer a b",
                "Bearer a,b",
                "Bearer a, Bearer b",
                "Bearer=a",
                "Bearer: a",
                "Bearer \"a\"",
                "Bearer token=a",
                " Bearer a",
                "Bearer é",
                "Bearer x\u0085"
            })
    void whatIsBearerAndIsNoTokenIsNothingElse(String field) {
        assertThat(sent(field).areBearer()).isTrue();
        assertThat(sent(field).token()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Basic YTpi", "Basic Bearer", "Bearerx a", "BearerToken a", "DPoP a", "x-bearer a"})
    void otherSchemesMeanNothing(String field) {
        assertThat(sent(field).areBearer()).isFalse();
        assertThat(sent(field).token()).isEmpty();
    }

    @Test
    void nobodyKnowsWhichOfTwoIsMeant() {
        for (List<String> fields : List.of(
                List.of("Bearer a", "Bearer b"), List.of("Bearer a", "Bearer a"), List.of("Basic b", "Bearer a"))) {
            assertThat(new SentCredentials(fields).areBearer()).isTrue();
            assertThat(new SentCredentials(fields).token()).isEmpty();
        }
    }

    @Test
    void nothingIsNothing() {
        assertThat(SentCredentials.of(new HttpHeaders()).areBearer()).isFalse();
    }

    private static SentCredentials sent(String field) {
        HttpHeaders headers = new HttpHeaders();
        headers.add("authorization", field);
        return SentCredentials.of(headers);
    }
}
