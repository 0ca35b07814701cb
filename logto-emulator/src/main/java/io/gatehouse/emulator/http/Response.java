package io.gatehouse.emulator.http;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A complete response. */
public record Response(int status, List<Header> headers, String body) implements Reply {

    private static final String CONTENT_TYPE = "content-type";

    public Response {
        headers = List.copyOf(headers);
    }

    public static Response html(int status, String body) {
        return of(status, "text/html; charset=utf-8", body);
    }

    public static Response json(int status, Object body) {
        return of(status, "application/json; charset=utf-8", Json.write(body));
    }

    public static Response empty(int status) {
        return new Response(status, List.of(), "");
    }

    public static Response redirect(int status, String location) {
        return empty(status).with("location", location);
    }

    public static Response of(int status, String contentType, String body) {
        return new Response(status, List.of(new Header(CONTENT_TYPE, contentType)), body);
    }

    /** Adds a header, besides any of the same name. */
    public Response with(String name, String value) {
        return new Response(
                status,
                Stream.concat(headers.stream(), Stream.of(new Header(name, value)))
                        .toList(),
                body);
    }

    public Response with(List<Header> more) {
        return new Response(
                status, Stream.concat(headers.stream(), more.stream()).toList(), body);
    }

    public Response withBody(String replacement) {
        return new Response(status, headers, replacement);
    }

    public Optional<String> header(String name) {
        return headers.stream()
                .filter(it -> it.name().equalsIgnoreCase(name))
                .map(Header::value)
                .findFirst();
    }

    public boolean isJson() {
        return header(CONTENT_TYPE).orElse("").startsWith("application/json");
    }
}
