package io.gatehouse.bookstore.books;

import static io.gatehouse.bookstore.Bookstore.header;
import static io.gatehouse.bookstore.Bookstore.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.bookstore.Bookstore;
import io.gatehouse.bookstore.BookstoreExtension;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(BookstoreExtension.class)
class BooksIT {

    private final Bookstore bookstore;

    BooksIT(Bookstore bookstore) {
        this.bookstore = bookstore;
    }

    @Test
    void listIsJson() {
        HttpResponse<String> response = call("GET", "/api/books", "");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(header(response, "Content-Type")).isEqualTo("application/json");
        assertThat(json(response).path(0).toString())
                .isEqualTo("{\"id\":1,\"title\":\"Alice's Adventures in Wonderland\",\"author\":\"Lewis Carroll\"}");
    }

    @Test
    void addedBookCanBeReadAndRemoved() {
        HttpResponse<String> added = call("POST", "/api/books", "{\"title\":\"Emma\",\"author\":\"Jane Austen\"}");
        String location = header(added, "Location");

        assertThat(added.statusCode()).isEqualTo(201);
        assertThat(location).isEqualTo("/api/books/" + json(added).path("id").asLong());
        assertThat(json(call("GET", location, ""))).isEqualTo(json(added));
        assertThat(call("DELETE", location, "").statusCode()).isEqualTo(204);
        assertThat(call("GET", location, "").statusCode()).isEqualTo(404);
        assertThat(call("DELETE", location, "").statusCode()).isEqualTo(404);
    }

    @Test
    void everyComplaintIsMadeAtOnce() {
        HttpResponse<String> response = call("POST", "/api/books", "{\"title\":\" \"}");

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(header(response, "Content-Type")).isEqualTo("application/problem+json");
        assertThat(json(response).path("errors").toString())
                .contains("{\"field\":\"title\",\"message\":\"must not be blank\"}")
                .contains("{\"field\":\"author\",\"message\":\"must not be blank\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "[]", "{", "{\"title\":{},\"author\":\"A\"}"})
    void bodyThatIsNoBookIsRefused(String body) {
        HttpResponse<String> response = call("POST", "/api/books", body);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(header(response, "Content-Type")).isEqualTo("application/problem+json");
    }

    @Test
    void tooLongTitleIsRefused() {
        String body = "{\"title\":\"%s\",\"author\":\"A\"}".formatted("x".repeat(201));

        assertThat(call("POST", "/api/books", body).statusCode()).isEqualTo(400);
    }

    @Test
    void bodyThatIsTooLargeIsRefused() {
        String body = "{\"title\":\"%s\",\"author\":\"A\"}".formatted("x".repeat(1_000_000));

        assertThat(call("POST", "/api/books", body).statusCode()).isEqualTo(413);
    }

    @Test
    void unknownFormMethodAndIdAreTheSendersFault() {
        assertThat(bookstore
                        .send(authorized("/api/books")
                                .header("Content-Type", "text/plain")
                                .POST(BodyPublishers.ofString("Emma")))
                        .statusCode())
                .isEqualTo(415);
        assertThat(call("PUT", "/api/books", "{}").statusCode()).isEqualTo(405);
        assertThat(call("GET", "/api/books/emma", "").statusCode()).isEqualTo(400);
        assertThat(call("GET", "/api/books/99999999999999999999", "").statusCode())
                .isEqualTo(400);
    }

    private HttpResponse<String> call(String method, String path, String body) {
        return bookstore.send(authorized(path)
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(body)));
    }

    private HttpRequest.Builder authorized(String path) {
        return bookstore
                .request(path)
                .header("Authorization", "Bearer " + bookstore.issuer.token().sign());
    }
}
