package io.gatehouse.bookstore.received;

import static io.gatehouse.bookstore.Bookstore.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.bookstore.Bookstore;
import io.gatehouse.bookstore.BookstoreExtension;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

@ExtendWith(BookstoreExtension.class)
class ReceivedIT {

    private final Bookstore bookstore;

    ReceivedIT(Bookstore bookstore) {
        this.bookstore = bookstore;
    }

    @BeforeEach
    void forget() {
        assertThat(bookstore.send(bookstore.request("/received").DELETE()).statusCode())
                .isEqualTo(204);
    }

    @Test
    void requestsAreListedAsTheyCame() {
        bookstore.get("/api/books?secret=1", bookstore.issuer.token().sign());
        bookstore.send(bookstore.request("/public/hello").HEAD().header("Cookie", "a=1; b=2"));

        JsonNode received = received();

        assertThat(received).hasSize(2);
        assertThat(timeless(received.path(0)))
                .isEqualTo("{\"method\":\"GET\",\"path\":\"/api/books\",\"subject\":\"9xdtcxqv0uke\","
                        + "\"audience\":[\"https://api.bookstore.local\"],\"scope\":\"read:books write:books\","
                        + "\"hasAuthorization\":true,\"cookieNames\":[]}");
        assertThat(timeless(received.path(1)))
                .isEqualTo("{\"method\":\"HEAD\",\"path\":\"/public/hello\",\"subject\":null,\"audience\":[],"
                        + "\"scope\":null,\"hasAuthorization\":false,\"cookieNames\":[\"a\",\"b\"]}");
    }

    @Test
    void requestIsListedWithItsTime() {
        bookstore.get("/");

        assertThat(Instant.parse(received().path(0).path("time").asString()))
                .isBetween(Instant.now().minusSeconds(60), Instant.now());
    }

    @Test
    void refusedRequestsAreListedToo() {
        bookstore.get("/api/books");
        bookstore.get("/api/books", bookstore.issuer.token().expired(90).sign());
        bookstore.get("/nowhere");

        assertThat(received().findValuesAsString("path")).containsExactly("/api/books", "/api/books", "/nowhere");
    }

    @Test
    void thoseWhoReadOrProbeAreNotListed() {
        bookstore.get("/received");
        bookstore.get("/actuator/health");

        assertThat(received()).isEmpty();
    }

    private JsonNode received() {
        return json(bookstore.get("/received"));
    }

    private static String timeless(JsonNode request) {
        return request.toString().replaceFirst("\"time\":\"[^\"]*\",", "");
    }
}
