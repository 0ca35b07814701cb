package io.gatehouse.gateway.route;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.PathContainer;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/** Which requests a route takes; parsed once at start. */
final class RequestPattern {

    /** What follows the name in a host header: the dot of the DNS root, and the port. */
    private static final Pattern PORT = Pattern.compile("\\.?(:\\d+)?$");

    private final List<PathPattern> paths;
    private final List<String> hosts;
    private final Set<String> methods;

    RequestPattern(RouteProperties route) {
        this.paths = route.path().stream()
                .map(PathPatternParser.defaultInstance::parse)
                .toList();
        this.hosts =
                route.host().stream().map(host -> host.toLowerCase(Locale.ROOT)).toList();
        this.methods = Set.copyOf(route.methods().stream()
                .map(method -> method.toUpperCase(Locale.ROOT))
                .toList());
    }

    boolean fits(ServerHttpRequest request) {
        return fits(
                request.getMethod().name(),
                request.getPath(),
                request.getHeaders().getFirst(HttpHeaders.HOST));
    }

    /** @param host the value of {@code Host}; null if there is none */
    boolean fits(String method, PathContainer path, @Nullable String host) {
        return fitsPath(path) && (methods.isEmpty() || methods.contains(method)) && (hosts.isEmpty() || fitsHost(host));
    }

    boolean fitsPath(PathContainer path) {
        return paths.stream().anyMatch(pattern -> pattern.matches(path));
    }

    private boolean fitsHost(@Nullable String sent) {
        if (sent == null) {
            return false;
        }
        String name = PORT.matcher(sent.toLowerCase(Locale.ROOT)).replaceFirst("");
        return hosts.stream()
                .anyMatch(host -> host.startsWith("*.") ? name.endsWith(host.substring(1)) : name.equals(host));
    }
}
