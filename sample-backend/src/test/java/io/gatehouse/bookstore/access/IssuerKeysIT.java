package io.gatehouse.bookstore.access;

import static io.gatehouse.bookstore.Bookstore.header;
import static io.gatehouse.bookstore.Bookstore.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.ECKey;
import io.gatehouse.bookstore.Bookstore;
import io.gatehouse.bookstore.Issuer;
import io.gatehouse.bookstore.Issuer.Answer;
import java.net.http.HttpResponse;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every test signs with a key of its own, which the Bookstore cannot know yet. */
class IssuerKeysIT {

    private static Issuer issuer;
    private static Bookstore bookstore;

    @BeforeAll
    static void start() {
        issuer = new Issuer();
        bookstore = Bookstore.trusting(issuer);
    }

    @AfterAll
    static void stop() {
        bookstore.close();
        issuer.close();
    }

    static Stream<Answer> answersWithoutKeys() {
        return Stream.of(
                Answer.of(500, "oops"),
                Answer.of(404, ""),
                Answer.of(302, ""),
                Answer.of(204, ""),
                Answer.of(200, ""),
                Answer.of(200, "<html>"),
                new Answer(200, "{\"keys\":[]}", 10_000));
    }

    @ParameterizedTest
    @MethodSource("answersWithoutKeys")
    void withoutTheKeysNobodyCanTell(Answer answer) {
        issuer.answerKeysWith(answer);

        HttpResponse<String> response = bookstore.get("/api/books", tokenOf(Issuer.ecKey("new")));

        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(header(response, "Retry-After")).isEqualTo("5");
        assertThat(header(response, "Content-Type")).isEqualTo("application/problem+json");
        assertThat(header(response, "WWW-Authenticate")).isEmpty();
        assertThat(json(response).path("detail").asString()).isEqualTo("The issuer's keys cannot be fetched.");
    }

    @Test
    void issuerThatCannotBeReachedIsNotTheTokensFault() {
        Issuer gone = new Issuer();
        gone.close();
        try (Bookstore orphan = Bookstore.trusting(gone)) {
            assertThat(orphan.get("/api/books", gone.token().sign()).statusCode())
                    .isEqualTo(503);
            assertThat(orphan.get("/api/books").statusCode()).isEqualTo(401);
            assertThat(orphan.get("/").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void anOutageEndsWithTheFirstAnswer() {
        ECKey key = Issuer.ecKey("after the outage");
        issuer.answerKeysWith(Answer.of(500, ""));
        assertThat(bookstore.get("/api/books", tokenOf(key)).statusCode()).isEqualTo(503);

        issuer.answerKeysWith(Answer.publishing(key));

        assertThat(bookstore.get("/api/books", tokenOf(key)).statusCode()).isEqualTo(200);
    }

    @Test
    void keyThatIsKnownOutlastsAnOutage() {
        ECKey key = Issuer.ecKey("before the outage");
        issuer.answerKeysWith(Answer.publishing(key));
        assertThat(bookstore.get("/api/books", tokenOf(key)).statusCode()).isEqualTo(200);

        issuer.answerKeysWith(Answer.of(500, ""));

        assertThat(bookstore.get("/api/books", tokenOf(key)).statusCode()).isEqualTo(200);
    }

    @Test
    void keysAreFetchedOnceAndAgainWhenTheyChange() {
        ECKey old = Issuer.ecKey("old");
        ECKey next = Issuer.ecKey("next");
        int before = issuer.fetches();

        issuer.answerKeysWith(Answer.publishing(old));
        bookstore.get("/api/books", tokenOf(old));
        bookstore.get("/api/books", tokenOf(old));
        issuer.answerKeysWith(Answer.publishing(next, old));
        bookstore.get("/api/books", tokenOf(next));
        bookstore.get("/api/books", tokenOf(old));

        assertThat(issuer.fetches() - before).isEqualTo(2);
    }

    private static String tokenOf(ECKey key) {
        return issuer.token().signedBy(key, JWSAlgorithm.ES384).sign();
    }
}
