package io.gatehouse.bookstore.access;

import static io.gatehouse.bookstore.Bookstore.header;
import static io.gatehouse.bookstore.Bookstore.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.bookstore.Bookstore;
import io.gatehouse.bookstore.BookstoreExtension;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(BookstoreExtension.class)
class ScopeIT {

    private final Bookstore bookstore;

    ScopeIT(Bookstore bookstore) {
        this.bookstore = bookstore;
    }

    @ParameterizedTest
    @CsvSource({
        "GET, write:books, read:books",
        "GET, '', read:books",
        "GET, READ:BOOKS, read:books",
        "GET, read:books2, read:books",
        "HEAD, '', read:books",
        "POST, read:books, write:books",
        "PUT, read:books, write:books",
        "DELETE, read:books, write:books"
    })
    void withoutTheScopeTheAnswerNamesIt(String method, String scope, String needed) {
        HttpResponse<String> response = call(method, scope);

        assertThat(response.statusCode()).isEqualTo(403);
        assertThat(header(response, "WWW-Authenticate"))
                .isEqualTo("Bearer error=\"insufficient_scope\", scope=\"" + needed + "\"");
    }

    @Test
    void missingScopeIsAProblem() {
        HttpResponse<String> response = call("GET", "");

        assertThat(header(response, "Content-Type")).isEqualTo("application/problem+json");
        assertThat(json(response).path("detail").asString()).isEqualTo("The access token lacks the scope read:books.");
        assertThat(json(response).path("title").asString()).isEqualTo("Forbidden");
        assertThat(json(response).path("status").asInt()).isEqualTo(403);
    }

    @Test
    void tokenWithoutScopeClaimHasNone() {
        String token = bookstore.issuer.token().without("scope").sign();

        assertThat(bookstore.get("/api/books", token).statusCode()).isEqualTo(403);
    }

    @Test
    void oneScopeIsEnoughForWhatItOpens() {
        assertThat(call("GET", "read:books").statusCode()).isEqualTo(200);
        assertThat(call("DELETE", "write:books").statusCode()).isEqualTo(404);
    }

    private HttpResponse<String> call(String method, String scope) {
        String token = bookstore.issuer.token().with("scope", scope).sign();
        return bookstore.send(bookstore
                .request(method.equals("GET") ? "/api/books" : "/api/books/999999")
                .method(method, BodyPublishers.noBody())
                .header("Authorization", "Bearer " + token));
    }
}
