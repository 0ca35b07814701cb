package io.gatehouse.gateway.form;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A form as a browser sent it.
 *
 * @param user whose session had ended, as Redis names them
 * @param path where the form was sent, with its query
 * @param body {@code application/x-www-form-urlencoded}
 */
record KeptForm(
        @JsonProperty("user") String user,
        @JsonProperty("path") String path,
        @JsonProperty("body") String body) {

    /** What stands in place of bytes that are no UTF-8. */
    private static final String REPLACEMENT = "\uFFFD";

    /**
     * Names and values in the order in which they were sent.
     *
     * @throws IllegalArgumentException if they are not UTF-8, so that a page could not send the same again
     */
    List<Map.Entry<String, String>> fields() {
        return Stream.of(body.split("&"))
                .filter(pair -> !pair.isEmpty())
                .map(pair -> pair.split("=", 2))
                .map(pair -> Map.entry(decoded(pair[0]), pair.length == 1 ? "" : decoded(pair[1])))
                .toList();
    }

    private static String decoded(String sent) {
        String text = URLDecoder.decode(sent, StandardCharsets.UTF_8);
        if (text.contains(REPLACEMENT)) {
            throw new IllegalArgumentException("not UTF-8");
        }
        return text;
    }

    /** Never what a person has typed. */
    @Override
    public String toString() {
        return "KeptForm[path=" + path + "]";
    }
}
