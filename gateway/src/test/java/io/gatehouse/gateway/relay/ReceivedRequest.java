package io.gatehouse.gateway.relay;

import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The bytes an upstream got, for people: with its JWTs decoded behind it, and without what changes every time. */
final class ReceivedRequest {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    private static final Pattern TOKEN = Pattern.compile("eyJ[\\w-]+\\.[\\w-]+\\.[\\w-]+");

    /** Of tokens: different in every run. */
    private static final Set<String> CHANGING = Set.of("kid", "jti", "iat", "nonce", "sid", "updated_at", "created_at");

    private String text;

    ReceivedRequest(String bytes) {
        this.text = bytes.replace("\r\n", "\n")
                .replaceAll("(X-Correlation-Id: )[0-9a-f]{16}\n", "$1<correlation id>\n")
                .replaceAll("((?i)Sec-WebSocket-Key: )\\S+\n", "$1<key>\n");
        List<String> tokens = new ArrayList<>();
        text = TOKEN.matcher(text).replaceAll(found -> {
            tokens.add(decoded(found.group()));
            return "<JWT " + tokens.size() + ">";
        });
        for (int i = 0; i < tokens.size(); i++) {
            text += "JWT " + (i + 1) + ":\n" + tokens.get(i);
        }
    }

    /** Replaces something that is different in every run. */
    ReceivedRequest naming(String value, String name) {
        text = text.replace(value, "<" + name + ">");
        return this;
    }

    private static String decoded(String token) {
        try {
            SignedJWT jwt = SignedJWT.parse(token);
            return shown(jwt.getHeader().toJSONObject())
                    + shown(jwt.getPayload().toJSONObject());
        } catch (ParseException malformed) {
            throw new IllegalStateException(malformed);
        }
    }

    private static String shown(Map<String, Object> part) {
        Map<String, Object> shown = new TreeMap<>(part);
        shown.computeIfPresent("exp", (name, end) -> "<iat + " + (seconds(end) - seconds(part.get("iat"))) + ">");
        shown.replaceAll((name, value) -> CHANGING.contains(name) ? "<" + name + ">" : value);
        return JSON.writeValueAsString(shown) + "\n";
    }

    private static long seconds(Object time) {
        return ((Number) time).longValue();
    }

    @Override
    public String toString() {
        return text;
    }
}
