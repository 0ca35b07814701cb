package io.gatehouse.gateway.login;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One request for the callback that must not sign anybody in.
 *
 * @param kind what is wrong with it
 * @param line method, target and version
 * @param headers besides {@code Connection}, one line each
 * @param marker occurs in what nobody may repeat
 * @param isHttp whether a program that speaks HTTP could have sent it; everything else may be refused without a word
 */
record GeneratedCallback(String kind, String line, List<String> headers, String body, String marker, boolean isHttp) {

    GeneratedCallback {
        headers = List.copyOf(headers);
    }

    static GeneratedCallback get(String kind, String target, List<String> headers, String marker) {
        return new GeneratedCallback(kind, "GET " + target + " HTTP/1.1", headers, "", marker, true);
    }

    /** As bytes of ISO 8859-1. */
    String text() {
        String head = Stream.concat(Stream.of(line, "Connection: close"), headers.stream())
                .collect(Collectors.joining("\r\n"));
        return head + "\r\n\r\n" + body;
    }
}
