package io.gatehouse.emulator.http;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Query or form parameters in the order they came. A parameter that was sent empty counts as absent, as OAuth demands
 * (RFC 6749, section 3.1).
 */
public record Parameters(Map<String, List<String>> values) {

    public static final Parameters NONE = new Parameters(Map.of());

    public Parameters {
        var copy = new LinkedHashMap<String, List<String>>();
        values.forEach((name, all) -> copy.put(name, List.copyOf(all)));
        values = Collections.unmodifiableMap(copy);
    }

    /**
     * Reads {@code application/x-www-form-urlencoded}; a broken percent-encoding is taken literally, as Node.js does.
     */
    public static Parameters parse(String encoded) {
        var values = new LinkedHashMap<String, List<String>>();
        for (String pair : encoded.split("&", -1)) {
            int equals = pair.indexOf('=');
            String value = equals < 0 ? "" : decode(pair.substring(equals + 1));
            if (!value.isEmpty()) {
                values.computeIfAbsent(decode(pair.substring(0, equals)), name -> new ArrayList<>())
                        .add(value);
            }
        }
        return new Parameters(values);
    }

    /** The reverse of {@link #parse}, without a leading question mark. */
    public static String encode(Map<String, String> parameters) {
        return parameters.entrySet().stream()
                .map(it -> encode(it.getKey()) + "=" + encode(it.getValue()))
                .collect(Collectors.joining("&"));
    }

    public static String encode(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    static String decode(String value) {
        try {
            return URLDecoder.decode(value, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException _) {
            return value;
        }
    }

    public Optional<String> first(String name) {
        return all(name).stream().findFirst();
    }

    public List<String> all(String name) {
        return values.getOrDefault(name, List.of());
    }

    public boolean has(String name) {
        return values.containsKey(name);
    }

    public Set<String> names() {
        return values.keySet();
    }

    /** The parameters sent more than once. */
    public List<String> repeated() {
        return names().stream().filter(name -> all(name).size() > 1).toList();
    }

    /** The same parameters with {@code name} set to exactly these values. */
    public Parameters with(String name, List<String> replacement) {
        var copy = new LinkedHashMap<>(values);
        copy.put(name, replacement);
        return new Parameters(copy);
    }

    /** Only the parameters named. */
    public Parameters only(Set<String> wanted) {
        var copy = new LinkedHashMap<>(values);
        copy.keySet().retainAll(wanted);
        return new Parameters(copy);
    }
}
