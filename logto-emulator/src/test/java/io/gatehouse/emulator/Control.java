package io.gatehouse.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.emulator.http.Json;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.Map;

/** The control API; a call that fails fails the test. */
record Control(String endpoint) {

    Answer get(String path) {
        return succeed(send("GET", path, null));
    }

    Answer post(String path, Object body) {
        return succeed(send("POST", path, body));
    }

    Answer put(String path, Object body) {
        return succeed(send("PUT", path, body));
    }

    Answer patch(String path, Object body) {
        return succeed(send("PATCH", path, body));
    }

    Answer delete(String path) {
        return succeed(send("DELETE", path, null));
    }

    /** Adds a fault. */
    void fault(Map<String, Object> fault) {
        post("/control/faults", fault);
    }

    void application(Map<String, Object> changes) {
        patch("/control/applications/bookstore-gateway", changes);
    }

    int count(String name) {
        return get("/control/calls").json().path("counts").path(name).asInt(0);
    }

    Answer send(String method, String path, Object body) {
        String json = body == null ? "" : Json.write(body);
        return Answer.to(HttpRequest.newBuilder(URI.create(endpoint + path))
                .method(method, HttpRequest.BodyPublishers.ofString(json)));
    }

    private static Answer succeed(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isBetween(200, 299);
        return answer;
    }
}
