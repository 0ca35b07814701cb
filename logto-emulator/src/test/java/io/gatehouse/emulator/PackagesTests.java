package io.gatehouse.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Which package may use which is decided here, and nowhere else. */
class PackagesTests {

    private static final Path SOURCES = Path.of("src/main/java/io/gatehouse/emulator");
    private static final Pattern IMPORT = Pattern.compile("import io\\.gatehouse\\.emulator\\.([a-z]+)\\.");

    @Test
    void arrowsPointOneWay() throws IOException {
        assertThat(arrows())
                .isEqualTo(new TreeMap<>(Map.ofEntries(
                        entry("authorize", "client directory http keys page problem session wire"),
                        entry("client", "directory http problem"),
                        entry("control", "directory http keys logout okta session token webhook wire"),
                        entry("discovery", "http keys wire"),
                        entry("experience", "authorize directory http page session webhook"),
                        entry("keys", "http"),
                        entry("logout", "authorize client directory http keys page problem session"),
                        entry("okta", "directory http keys page session"),
                        entry("page", "http"),
                        entry("problem", "http"),
                        entry("session", "directory"),
                        entry("token", "client directory http keys problem session wire"),
                        entry("webhook", "directory http"),
                        entry("wire", "http keys problem"))));
    }

    private static Map.Entry<String, Set<String>> entry(String user, String used) {
        return Map.entry(user, new TreeSet<>(Set.of(used.split(" ", -1))));
    }

    private static Map<String, Set<String>> arrows() throws IOException {
        var arrows = new TreeMap<String, Set<String>>();
        try (var files = Files.walk(SOURCES)) {
            for (Path file : files.filter(it -> it.toString().endsWith(".java")).toList()) {
                String user = file.getParent().getFileName().toString();
                IMPORT.matcher(Files.readString(file))
                        .results()
                        .map(it -> it.group(1))
                        .filter(it -> !it.equals(user))
                        .forEach(it -> arrows.computeIfAbsent(user, _ -> new TreeSet<>())
                                .add(it));
            }
        }
        // The root wires everything together.
        arrows.remove("emulator");
        return arrows;
    }
}
