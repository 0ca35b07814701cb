package io.gatehouse.bookstore.received;

import static io.gatehouse.bookstore.Bookstore.header;
import static io.gatehouse.bookstore.Bookstore.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.bookstore.Bookstore;
import io.gatehouse.bookstore.BookstoreExtension;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

@ExtendWith(BookstoreExtension.class)
class WhoAmIIT {

    private final Bookstore bookstore;

    WhoAmIIT(Bookstore bookstore) {
        this.bookstore = bookstore;
    }

    @Test
    void headersAndClaimsAreToldAndTheTokenIsNot() {
        HttpResponse<String> response = bookstore.send(bookstore
                .request("/whoami?code=secret")
                .header("Authorization", "Bearer " + bookstore.issuer.token().sign())
                .header("X-User-Name", "Alice")
                .header("Cookie", "theme=dark; __Host-gatehouse=secret"));

        JsonNode report = json(response);
        assertThat(report.path("method").asString()).isEqualTo("GET");
        assertThat(report.path("path").asString()).isEqualTo("/whoami");
        assertThat(report.at("/headers/x-user-name").toString()).isEqualTo("[\"Alice\"]");
        assertThat(report.at("/headers/cookie").toString()).isEqualTo("[\"theme\",\"__Host-gatehouse\"]");
        assertThat(report.at("/headers/authorization").toString()).isEqualTo("[\"Bearer (JWT, see claims)\"]");
        assertThat(response.body()).doesNotContain("eyJ", "dark", "secret");
    }

    @Test
    void claimsAreAsTheIssuerWroteThem() {
        JsonNode claims =
                json(bookstore.get("/whoami", bookstore.issuer.token().sign())).path("claims");

        assertThat(claims.path("sub").asString()).isEqualTo("9xdtcxqv0uke");
        assertThat(claims.path("aud").asString()).isEqualTo("https://api.bookstore.local");
        assertThat(claims.path("scope").asString()).isEqualTo("read:books write:books");
        assertThat(claims.path("exp").isIntegralNumber()).isTrue();
    }

    @Test
    void withoutATokenThereAreNoClaims() {
        JsonNode report = json(bookstore.get("/whoami"));

        assertThat(report.path("claims").isNull()).isTrue();
        assertThat(report.path("headers").path("host")).isNotEmpty();
        assertThat(report.path("headers").has("authorization")).isFalse();
    }

    @Test
    void browserGetsJsonToo() {
        HttpResponse<String> response =
                bookstore.send(bookstore.request("/whoami").header("Accept", "text/html"));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(header(response, "Content-Type")).isEqualTo("application/json");
    }
}
