package io.gatehouse.bookstore.echo;

import static io.gatehouse.bookstore.Bookstore.header;
import static io.gatehouse.bookstore.Bookstore.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.bookstore.Bookstore;
import io.gatehouse.bookstore.BookstoreExtension;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

@ExtendWith(BookstoreExtension.class)
class EchoIT {

    private final Bookstore bookstore;

    EchoIT(Bookstore bookstore) {
        this.bookstore = bookstore;
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
    void headersTellMethodPathAndQueryOfAnyRequest(String method) {
        JsonNode report = json(bookstore.send(bookstore
                .request("/echo/headers?a=%20b&c")
                .method(method, BodyPublishers.noBody())
                .header("X-One", "1")));

        assertThat(report.path("method").asString()).isEqualTo(method);
        assertThat(report.path("path").asString()).isEqualTo("/echo/headers");
        assertThat(report.path("query").asString()).isEqualTo("a=%20b&c");
        assertThat(report.at("/headers/x-one").toString()).isEqualTo("[\"1\"]");
        assertThat(report.path("unverifiedClaims").isNull()).isTrue();
    }

    @Test
    void headersTellTheClaimsOfATokenThatIsNoGoodHere() {
        String token = bookstore.issuer.token().with("aud", "another").sign();

        HttpResponse<String> response = bookstore.get("/echo/headers?id_token=" + token, token);

        assertThat(json(response).at("/unverifiedClaims/aud").asString()).isEqualTo("another");
        assertThat(json(response).path("query").asString()).isEqualTo("id_token=(JWT)");
        assertThat(response.body()).doesNotContain("eyJ");
    }

    @Test
    void bodyComesBackWithItsTypeAndLength() {
        HttpResponse<String> response = bookstore.send(bookstore
                .request("/echo/body")
                .header("Content-Type", "application/vnd.books+xml;charset=UTF-8")
                .PUT(BodyPublishers.ofString("<bücher/>")));

        assertThat(response.body()).isEqualTo("<bücher/>");
        assertThat(header(response, "Content-Type")).isEqualTo("application/vnd.books+xml;charset=UTF-8");
        assertThat(header(response, "Content-Length")).isEqualTo("10");
    }

    @Test
    void emptyBodyComesBackEmpty() {
        HttpResponse<String> response =
                bookstore.send(bookstore.request("/echo/body").POST(BodyPublishers.noBody()));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 204, 302, 304, 404, 418, 500, 503, 599})
    void statusIsAsAsked(int status) {
        assertThat(bookstore.get("/echo/status/" + status).statusCode()).isEqualTo(status);
    }

    @Test
    void delayIsAsAsked() {
        Instant start = Instant.now();

        HttpResponse<String> response = bookstore.get("/echo/delay?millis=300");

        assertThat(response.body()).isEqualTo("{\"millis\":300}");
        assertThat(Duration.between(start, Instant.now())).isGreaterThanOrEqualTo(Duration.ofMillis(300));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/echo/status/199",
                "/echo/status/600",
                "/echo/status/ok",
                "/echo/delay",
                "/echo/delay?millis=-1",
                "/echo/delay?millis=600001",
                "/echo/download?bytes=-1",
                "/echo/download?bytes=9223372036854775808",
                "/echo/sse?count=0",
                "/echo/ws"
            })
    void senselessRequestIsAProblemOfTheSenders(String path) {
        HttpResponse<String> response = bookstore.get(path);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(header(response, "Content-Type")).isEqualTo("application/problem+json");
    }

    @Test
    void complaintNamesTheParameter() {
        assertThat(json(bookstore.get("/echo/delay?millis=-1")).path("errors").toString())
                .isEqualTo("[{\"field\":\"millis\",\"message\":\"must be greater than or equal to 0\"}]");
    }
}
