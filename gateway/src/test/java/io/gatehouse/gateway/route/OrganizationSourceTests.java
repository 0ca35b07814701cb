package io.gatehouse.gateway.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.gateway.problem.GatewayException;
import io.gatehouse.gateway.problem.ProblemType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;

class OrganizationSourceTests {

    @ParameterizedTest
    @CsvSource({
        "host:{organization}.app.example, acme.app.example, /, acme",
        "host:{organization}.app.example, ACME.app.example.:8443, /, acme",
        "host:{organization}.app.example, app.example, /, ",
        "host:{organization}.app.example, a.b.app.example, /, ",
        "host:{organization}.app.example, acme.app.example.evil.example, /, ",
        "host:{organization}.app.example, acmexapp.example, /, ",
        "host:org-{organization}.example, org-acme.example, /, acme",
        "path:/orgs/{organization}/**, app.example, /orgs/acme/books, acme",
        "path:/orgs/{organization}/**, app.example, /orgs/acme, acme",
        "path:/orgs/{organization}/**, app.example, /orgs, ",
        "path:/orgs/{organization}/**, app.example, /other/acme, ",
        "id:acme, app.example, /, acme",
        "session, app.example, /, "
    })
    void requestNamesAnOrganization(String source, String host, String path, String name) {
        var request = MockServerHttpRequest.get(path).header("Host", host).build();

        assertThat(OrganizationSource.of(source).name(request).orElse(null)).isEqualTo(name);
    }

    @Test
    void headerNamesOneOrganization() {
        OrganizationSource source = OrganizationSource.of("header:X-Organization");

        assertThat(source.name(MockServerHttpRequest.get("/")
                        .header("x-organization", "acme")
                        .build()))
                .contains("acme");
        assertThat(source.name(MockServerHttpRequest.get("/")
                        .header("X-Organization", " ")
                        .build()))
                .isEmpty();
        assertThat(source.name(MockServerHttpRequest.get("/").build())).isEmpty();
    }

    @Test
    void twoOrganizationsInOneHeaderAreRefused() {
        var request = MockServerHttpRequest.get("/")
                .header("X-Organization", "a", "b")
                .build();

        assertThatThrownBy(() -> OrganizationSource.of("header:X-Organization").name(request))
                .isInstanceOfSatisfying(
                        GatewayException.class, it -> assertThat(it.type()).isEqualTo(ProblemType.INVALID_REQUEST));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nowhere",
                "session:x:y{",
                "id:",
                "id:a b",
                "header:",
                "header:X Organization",
                "path:/orgs/**",
                "path:orgs/{organization}",
                "host:app.example",
                "host:{organization}.app.example/x",
                "host:{org}.app.example"
            })
    void sourceThatIsNoneIsRefused(String text) {
        assertThatThrownBy(() -> OrganizationSource.of(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
