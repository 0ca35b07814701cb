package io.gatehouse.gateway;

import io.gatehouse.gateway.network.Network;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The words behind {@code explain}.
 *
 * @param claims of the ID token; null for somebody who is not signed in
 * @param tokenClaims of the relayed access token
 * @param address where the request comes from
 * @param method in capitals
 * @param others what is Spring Boot's
 */
record ExplainArguments(
        @Nullable Map<String, Object> claims,
        Map<String, Object> tokenClaims,
        InetAddress address,
        String method,
        URI target,
        List<String> others) {

    static final String USAGE = "usage: explain [--claims <file.json>] [--token-claims <file.json>]"
            + " [--address <address>] <method> <URL>";

    /** @throws IllegalArgumentException with what is wrong, for whoever has typed it */
    static ExplainArguments read(List<String> words) {
        @Nullable Map<String, Object> claims = null;
        Map<String, Object> tokenClaims = Map.of();
        InetAddress address = InetAddress.getLoopbackAddress();
        List<String> request = new ArrayList<>();
        List<String> others = new ArrayList<>();
        for (Iterator<String> rest = words.iterator(); rest.hasNext(); ) {
            String word = rest.next();
            switch (word) {
                case "--claims" -> claims = object(value(word, rest));
                case "--token-claims" -> tokenClaims = object(value(word, rest));
                case "--address" -> address = Network.of(value(word, rest)).base();
                default -> (word.startsWith("--") ? others : request).add(word);
            }
        }
        if (request.size() != 2) {
            throw new IllegalArgumentException(USAGE);
        }
        String method = request.getFirst().toUpperCase(Locale.ROOT);
        return new ExplainArguments(claims, tokenClaims, address, method, url(request.getLast()), others);
    }

    private static String value(String name, Iterator<String> rest) {
        if (!rest.hasNext()) {
            throw new IllegalArgumentException(name + " needs a value\n" + USAGE);
        }
        return rest.next();
    }

    private static URI url(String text) {
        URI url = URI.create(text);
        if (url.getHost() == null) {
            throw new IllegalArgumentException("'" + text + "' is no URL such as https://app.example.com/path");
        }
        return url;
    }

    @SuppressWarnings("unchecked") // A JSON object has no other keys.
    private static Map<String, Object> object(String file) {
        try {
            return JsonMapper.builder().build().readValue(Files.readString(Path.of(file)), Map.class);
        } catch (IOException | JacksonException failure) {
            throw new IllegalArgumentException(file + " cannot be read as a JSON object of claims", failure);
        }
    }
}
