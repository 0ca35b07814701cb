package io.gatehouse.emulator.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class RoutesTests {

    private final Routes routes = new Routes()
            .get("/users", _ -> Response.empty(201))
            .get("/users/{user}", request -> Response.html(200, request.pathVariable("user")))
            .post("/users", _ -> Response.empty(202));

    @Test
    void methodAndPathDecide() {
        assertThat(status("GET", "/users")).isEqualTo(201);
        assertThat(status("POST", "/users")).isEqualTo(202);
        assertThat(status("DELETE", "/users")).isEqualTo(404);
        assertThat(status("GET", "/elsewhere")).isEqualTo(404);
    }

    @Test
    void headIsAnsweredByGet() {
        assertThat(status("HEAD", "/users")).isEqualTo(201);
    }

    @Test
    void pathVariablesAreDecodedButPlusIsPlus() {
        assertThat(((Response) routes.handle(request("GET", "/users/a%40b+c"))).body())
                .isEqualTo("a@b+c");
    }

    private int status(String method, String path) {
        return ((Response) routes.handle(request(method, path))).status();
    }

    private static Request request(String method, String path) {
        return new Request(method, path, Parameters.NONE, Map.of(), "", Map.of(), "127.0.0.1");
    }
}
