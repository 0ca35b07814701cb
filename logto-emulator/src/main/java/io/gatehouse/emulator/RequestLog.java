package io.gatehouse.emulator;

import io.gatehouse.emulator.http.Handler;
import io.gatehouse.emulator.http.Reply;
import io.gatehouse.emulator.http.Request;
import io.gatehouse.emulator.http.Response;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * One line per request, without query and without anything long enough to be a secret; and 500 for our own mistakes.
 */
final class RequestLog implements Handler {

    private static final int LONGEST_NAME = 32;

    private final String name;
    private final Handler inner;
    private final Consumer<String> log;

    RequestLog(String name, Handler inner, Consumer<String> log) {
        this.name = name;
        this.inner = inner;
        this.log = log;
    }

    @Override
    public Reply handle(Request request) {
        Reply reply = safely(request);
        String outcome = reply instanceof Response response ? Integer.toString(response.status()) : "reset";
        log.accept(name + " " + request.method() + " " + path(request) + " " + outcome);
        return reply;
    }

    private Reply safely(Request request) {
        try {
            return inner.handle(request);
        } catch (RuntimeException mistake) {
            log.accept(name + " failed: " + mistake + " at " + Arrays.toString(mistake.getStackTrace()));
            return Response.json(500, Map.of("error", "server_error"));
        }
    }

    private static String path(Request request) {
        return Arrays.stream(request.path().split("/", -1))
                .map(it -> it.length() > LONGEST_NAME ? "*" : it)
                .collect(Collectors.joining("/"));
    }
}
