package io.gatehouse.bookstore.received;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.bookstore.Issuer;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;

class ReceivedRequestTests {

    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    @Test
    void requestWithoutCredentialsIsNotedByItsPath() {
        var request = MockServerHttpRequest.get("/books?code=secret").build();

        assertThat(ReceivedRequest.of(request, NOW))
                .isEqualTo(new ReceivedRequest(NOW, "GET", "/books", null, List.of(), null, false, List.of()));
    }

    @Test
    void whatTheTokenClaimsIsNotedAndItIsNot() {
        try (Issuer issuer = new Issuer()) {
            String token =
                    issuer.token().with("aud", List.of("a", "b")).expired(90).sign();
            var request = MockServerHttpRequest.post("/api/books")
                    .header("Authorization", "Bearer " + token)
                    .header("Cookie", "theme=dark")
                    .build();

            ReceivedRequest noted = ReceivedRequest.of(request, NOW);

            assertThat(noted.subject()).isEqualTo("9xdtcxqv0uke");
            assertThat(noted.audience()).containsExactly("a", "b");
            assertThat(noted.scope()).isEqualTo("read:books write:books");
            assertThat(noted.cookieNames()).containsExactly("theme");
            assertThat(noted.toString()).doesNotContain("eyJ").doesNotContain("dark");
        }
    }

    @Test
    void credentialsThatCannotBeReadAreNotedAsThere() {
        var request = MockServerHttpRequest.get("/")
                .header("Authorization", "Bearer opaque")
                .build();

        ReceivedRequest noted = ReceivedRequest.of(request, NOW);

        assertThat(noted.hasAuthorization()).isTrue();
        assertThat(noted.subject()).isNull();
    }
}
