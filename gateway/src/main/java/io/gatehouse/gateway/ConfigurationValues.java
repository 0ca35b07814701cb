package io.gatehouse.gateway;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;

/**
 * Every value of a configuration as it is written, secrets from files included, so that two can be compared. Never
 * printed.
 *
 * @param byKey in Spring's spelling, such as {@code gatehouse.routes[0].upstream}
 */
record ConfigurationValues(Map<String, String> byKey) {

    /** Keys that name a file of which the gateway reads the content. */
    private static final Pattern TLS_FILE =
            Pattern.compile("gatehouse\\.(sites\\.[a-z0-9]+\\.)?routes\\[\\d+]\\.tls\\.(ca|certificate|key)");

    /** Keys that may change while the gateway runs; secrets only if there is one before and after. */
    private static final List<String> ROUTES = List.of("routes", "upstream");

    /** A key of the gateway itself or of a site: the second group is what both have. */
    private static final Pattern KEY = Pattern.compile("(gatehouse\\.(?:sites\\.[a-z0-9]+\\.)?)(.+)");

    /** The values of all sources, of which the first one that has a key wins. */
    static ConfigurationValues of(ConfigurableEnvironment environment) {
        Map<String, String> values = new TreeMap<>();
        sources(environment)
                .forEach(source -> Stream.of(source.getPropertyNames())
                        .forEach(name ->
                                values.putIfAbsent(canonical(name), Objects.toString(source.getProperty(name), ""))));
        Map<String, String> withFiles = new TreeMap<>(values);
        values.forEach((key, value) -> {
            if (TLS_FILE.matcher(key).matches()) {
                withFiles.put(key + ".content", content(environment.resolvePlaceholders(value)));
            }
        });
        return new ConfigurationValues(withFiles);
    }

    /** Blank for what cannot be read: whoever makes something of it will say so. */
    private static String content(String file) {
        try {
            return Files.readString(Path.of(file.strip()), StandardCharsets.ISO_8859_1);
        } catch (IOException | InvalidPathException unreadable) {
            return "";
        }
    }

    private static Stream<EnumerablePropertySource<?>> sources(ConfigurableEnvironment environment) {
        return environment.getPropertySources().stream()
                .filter(source -> !source.getName().equals(StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME))
                .<PropertySource<?>>map(source -> ConfigurationReader.readable(source, new ArrayList<>()))
                .filter(EnumerablePropertySource.class::isInstance)
                .map(source -> (EnumerablePropertySource<?>) source);
    }

    private static String canonical(String name) {
        return ConfigurationPropertyName.adapt(name, '.').toString();
    }

    /** The keys whose values are others in another configuration, those of routes as one. */
    Set<String> changesTo(ConfigurationValues other) {
        return Stream.concat(byKey.keySet().stream(), other.byKey.keySet().stream())
                .filter(key -> !Objects.equals(byKey.get(key), other.byKey.get(key)))
                .map(ConfigurationValues::group)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String group(String key) {
        Matcher parts = KEY.matcher(key);
        return parts.matches()
                ? Stream.concat(ROUTES.stream(), GatehouseProperties.SECRETS.stream())
                        .filter(group -> isWithin(group, parts.group(2)))
                        .findFirst()
                        .map(group -> parts.group(1) + group)
                        .orElse(key)
                : key;
    }

    private static boolean isAmong(Collection<String> groups, String key) {
        Matcher parts = KEY.matcher(key);
        return parts.matches() && groups.contains(parts.group(2));
    }

    /** Those of the changes that only a restart can bring about. */
    Set<String> restartsFor(ConfigurationValues other) {
        return changesTo(other).stream()
                .filter(key -> !isAmong(ROUTES, key))
                .filter(key -> !(isAmong(GatehouseProperties.SECRETS, key) && has(key) && other.has(key)))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private boolean has(String group) {
        return byKey.entrySet().stream()
                .anyMatch(entry ->
                        isWithin(group, entry.getKey()) && !entry.getValue().isBlank());
    }

    private static boolean isWithin(String group, String key) {
        return key.equals(group) || key.startsWith(group + ".") || key.startsWith(group + "[");
    }

    @Override
    public String toString() {
        return byKey.keySet().toString();
    }
}
