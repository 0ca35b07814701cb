package io.gatehouse.bookstore.echo;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;

/** Server-sent events, one at a time. */
@RestController
final class EventsController {

    /** So many events {@code tick} with their number, 1 first, each sent at once and a pause before each. */
    @GetMapping(path = "/echo/sse", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    Flux<ServerSentEvent<Integer>> events(
            @RequestParam(defaultValue = "10") @Min(1) int count,
            @RequestParam(defaultValue = "1000") @Min(0) @Max(600_000) long intervalMillis) {
        return Flux.range(1, count).map(EventsController::tick).delayElements(Duration.ofMillis(intervalMillis));
    }

    private static ServerSentEvent<Integer> tick(int number) {
        return ServerSentEvent.builder(number)
                .id(Integer.toString(number))
                .event("tick")
                .build();
    }
}
