package io.gatehouse.bookstore;

import static java.util.concurrent.CompletableFuture.runAsync;
import static java.util.concurrent.CompletableFuture.supplyAsync;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class ShutdownIT {

    @Test
    void requestUnderWayIsFinishedAndNoOtherIsTaken() {
        try (Issuer issuer = new Issuer()) {
            Bookstore bookstore = Bookstore.trusting(issuer);
            CompletableFuture<HttpResponse<String>> underWay =
                    supplyAsync(() -> bookstore.get("/echo/delay?millis=1000"));
            await().until(() -> bookstore.get("/received").body().contains("/echo/delay"));

            CompletableFuture<Void> closing = runAsync(bookstore::close);

            assertThat(underWay.join().statusCode()).isEqualTo(200);
            closing.join();
            assertThatThrownBy(() -> bookstore.get("/")).isInstanceOf(UncheckedIOException.class);
        }
    }
}
