package io.gatehouse.gateway.provider;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.gateway.fixture.Browser;
import io.gatehouse.gateway.fixture.Browser.Answer;
import io.gatehouse.gateway.fixture.Stage;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * {@code oidcc-client-test-discovery-issuer-mismatch}: metadata of another issuer than the configured one, to the
 * letter (OpenID Connect Discovery 1.0, section 4.3). The gateway runs, and signs nobody in.
 */
class IssuerMismatchIT {

    @RegisterExtension
    static final Stage STAGE = new Stage();

    private final Browser browser = new Browser();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'edit':'replace','value':'ISSUER/'",
                "'edit':'replace','value':'https://evil.example/oidc'",
                "'edit':'replace','value':'HTTP://LOCALHOST/oidc'",
                "'edit':'replace','value':''",
                "'edit':'replace','value':['ISSUER']",
                "'edit':'remove'"
            })
    void r19r44MetadataOfAnotherIssuerSignNobodyIn(String edit) {
        fault(edit);

        Answer page = browser.open(STAGE.url("/books"));
        Answer script = browser.fetch("GET", STAGE.url("/books"));

        assertThat(page.status()).isEqualTo(503);
        assertThat(page.header("Location")).isEmpty();
        assertThat(page.body())
                .contains(
                        "provider-misconfigured",
                        page.header("X-Correlation-Id").orElseThrow());
        assertThat(script.status()).isEqualTo(401);
        assertThat(browser.open(STAGE.url("/public/x")).status()).isEqualTo(200);
        assertThat(browser.cookies()).isEmpty();
        assertThat(STAGE.redis().keys()).isEmpty();
        assertThat(STAGE.logto().calls("authorize")).isZero();
    }

    private static void fault(String edit) {
        String described = "{'endpoint':'discovery','kind':'response-field','name':'issuer'," + edit + "}";
        STAGE.logto()
                .fault(described
                        .replace('\'', '"')
                        .replace("ISSUER", STAGE.logto().issuer()));
    }
}
