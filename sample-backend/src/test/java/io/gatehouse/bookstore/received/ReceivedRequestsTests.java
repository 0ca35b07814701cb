package io.gatehouse.bookstore.received;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReceivedRequestsTests {

    private final ReceivedRequests received = new ReceivedRequests();

    @Test
    void oldestGivesWay() {
        IntStream.rangeClosed(1, ReceivedRequests.ROOM + 1).forEach(number -> received.add(request("/" + number)));

        assertThat(received.all())
                .hasSize(1_000)
                .extracting(ReceivedRequest::path)
                .startsWith("/2", "/3")
                .endsWith("/1001");
    }

    @Test
    void clearedNotesAreEmpty() {
        received.add(request("/"));

        received.clear();

        assertThat(received.all()).isEmpty();
    }

    private static ReceivedRequest request(String path) {
        return new ReceivedRequest(Instant.EPOCH, "GET", path, null, List.of(), null, false, List.of());
    }
}
