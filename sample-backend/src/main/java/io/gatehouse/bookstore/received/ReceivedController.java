package io.gatehouse.bookstore.received;

import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The notes, for a test that must prove what reached the upstream. No gateway should have a route to here. */
@RestController
@RequestMapping("/received")
final class ReceivedController {

    private final ReceivedRequests received;

    ReceivedController(ReceivedRequests received) {
        this.received = received;
    }

    @GetMapping
    List<ReceivedRequest> all() {
        return received.all();
    }

    @DeleteMapping
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void clear() {
        received.clear();
    }
}
