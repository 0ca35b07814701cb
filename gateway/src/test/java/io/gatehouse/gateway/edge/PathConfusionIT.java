package io.gatehouse.gateway.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.gateway.fixture.RawClient;
import io.gatehouse.gateway.fixture.Stage;
import io.gatehouse.gateway.fixture.Upstream.Received;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Request targets that try to get from an open path to a protected one, made of every way to write a step up, a slash
 * and a name. Prevents the classes of CVE-2026-33494, CVE-2023-34034 and CVE-2024-38821.
 */
class PathConfusionIT {

    private static final List<String> SLASHES = List.of(
            "/",
            "//",
            "/./",
            "/%2e/",
            "\\",
            "%5c",
            "%5C",
            "%2f",
            "%2F",
            "%252f",
            "%25252f",
            "/;/",
            "/;x=1/",
            "/%20/",
            "%00/",
            "%c0%af",
            "/.;/",
            "%e2%81%84");
    private static final List<String> STEPS = List.of(
            "..",
            "%2e%2e",
            "%2E%2E",
            ".%2e",
            "%2e.",
            "%252e%252e",
            "%25252e%25252e",
            "..;",
            "..;a=b",
            "..%3b",
            "..%00",
            "..%20",
            "..%09",
            "%c0%ae%c0%ae",
            "%u002e%u002e",
            "...",
            ".");
    private static final List<String> NAMES = List.of("admin/x", "%61dmin/x", "admin%2fx", "Admin/x", "%2561dmin/x");

    /** As an upstream may read a path that decodes too much, or takes a backslash for a slash. */
    private static final List<Pattern> CUT =
            List.of(Pattern.compile(";[^/]*"), Pattern.compile("[\\x00-\\x20]+(?=/|$)"));

    @RegisterExtension
    static final Stage STAGE = new Stage(Map.of(
            "gatehouse.routes[1].path", "/admin/**",
            "gatehouse.routes[1].access", "authenticated"));

    @Test
    void nobodyGetsFromAnOpenPathToAProtectedOne() {
        Map<String, String> reached = new TreeMap<>();
        List<String> targets = targets();

        for (String target : targets) {
            STAGE.upstream().forget();
            String answer = RawClient.send(
                    STAGE.url(""), "GET " + target + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
            assertThat(answer).as(target).matches("(?s)HTTP/1.1 (200|302|400|401|404) .*");
            STAGE.upstream().received().stream()
                    .map(Received::uri)
                    .filter(sent -> !sent.equals(target) || readings(sent).anyMatch(PathConfusionIT::isProtected))
                    .forEach(sent -> reached.put(target, sent));
        }

        assertThat(targets).hasSizeGreaterThan(1500);
        assertThat(reached).isEmpty();
    }

    /** What a test of refusals needs to be one: paths that are clear reach the upstream, byte for byte. */
    @Test
    void clearPathReachesItsUpstreamAsItIs() {
        for (String target : List.of("/public/a..b/c", "/public/%41/~x", "/public/x?path=/../admin/x&y=%2e%2e%2f")) {
            STAGE.upstream().forget();
            RawClient.send(
                    STAGE.url(""), "GET " + target + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

            assertThat(STAGE.upstream().received()).extracting(Received::uri).containsExactly(target);
        }
    }

    private static List<String> targets() {
        List<String> targets = new ArrayList<>();
        for (String slash : SLASHES) {
            for (String step : STEPS) {
                NAMES.forEach(name -> targets.add("/public" + slash + step + slash + name));
                targets.add("/public/x" + slash + step + slash + step + "/admin/x");
            }
            NAMES.forEach(name -> targets.add(slash + name));
            NAMES.forEach(name -> targets.add("/public/.." + slash + name));
            NAMES.forEach(name -> targets.add("http://localhost" + slash + name));
        }
        return targets;
    }

    private static boolean isProtected(String path) {
        return path.toLowerCase(Locale.ROOT).startsWith("/admin");
    }

    /** The path, decoded as often as anybody might, and tidied up each time. */
    private static Stream<String> readings(String target) {
        List<String> readings = new ArrayList<>();
        String path = target.split("\\?", 2)[0];
        for (int decoded = 0; decoded < 5; decoded++) {
            readings.add(resolved(path));
            path = decoded(path);
        }
        return readings.stream();
    }

    private static String decoded(String path) {
        try {
            return URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.ISO_8859_1);
        } catch (IllegalArgumentException malformed) {
            return path;
        }
    }

    private static String resolved(String path) {
        String tidy = path.replace('\\', '/');
        for (Pattern part : CUT) {
            tidy = part.matcher(tidy).replaceAll("");
        }
        Deque<String> segments = new ArrayDeque<>();
        for (String segment : tidy.split("/+")) {
            if (segment.equals("..")) {
                segments.pollLast();
            } else if (!segment.isEmpty() && !segment.equals(".")) {
                segments.addLast(segment);
            }
        }
        return "/" + String.join("/", segments);
    }
}
