package io.gatehouse.emulator;

import io.gatehouse.emulator.http.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** One response, and the one way in which tests call anything. */
record Answer(URI uri, int status, HttpHeaders headers, String body) {

    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    static Answer to(HttpRequest.Builder request) {
        try {
            var response = CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Answer(response.uri(), response.statusCode(), response.headers(), response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    static Answer get(String url) {
        return to(HttpRequest.newBuilder(URI.create(url)));
    }

    ObjectNode json() {
        return Json.readObject(body).orElseThrow(() -> new AssertionError("no JSON object: " + body));
    }

    JsonNode tree() {
        return MAPPER.readTree(body);
    }

    String text(String member) {
        return json().path(member).asString();
    }

    String header(String name) {
        return headers.firstValue(name).orElse("");
    }
}
