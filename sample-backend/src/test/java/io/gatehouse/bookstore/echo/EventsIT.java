package io.gatehouse.bookstore.echo;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.bookstore.Bookstore;
import io.gatehouse.bookstore.BookstoreExtension;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(BookstoreExtension.class)
class EventsIT {

    private final Bookstore bookstore;

    EventsIT(Bookstore bookstore) {
        this.bookstore = bookstore;
    }

    @Test
    void eventsAreNumberedAndEnd() {
        HttpResponse<String> response = bookstore.get("/echo/sse?count=2&intervalMillis=0");

        assertThat(response.headers().firstValue("Content-Type")).hasValue("text/event-stream;charset=UTF-8");
        assertThat(response.body()).isEqualTo("id:1\nevent:tick\ndata:1\n\nid:2\nevent:tick\ndata:2\n\n");
    }

    @Test
    void eventArrivesWithoutWaitingForTheNext() throws Exception {
        var request = bookstore.request("/echo/sse?count=2&intervalMillis=600").build();

        var body = bookstore.http().send(request, BodyHandlers.ofInputStream()).body();

        try (BufferedReader lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8))) {
            assertThat(lines.readLine()).isEqualTo("id:1");
            Instant first = Instant.now();
            assertThat(lines.readAllLines()).contains("id:2");
            assertThat(Duration.between(first, Instant.now())).isGreaterThan(Duration.ofMillis(300));
        }
    }
}
