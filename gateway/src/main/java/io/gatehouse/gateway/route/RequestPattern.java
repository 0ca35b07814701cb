package io.gatehouse.gateway.route;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.PathContainer;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/** Which requests a route takes; parsed once at start. */
final class RequestPattern {

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
        return fitsPath(request.getPath().pathWithinApplication())
                && (methods.isEmpty() || methods.contains(request.getMethod().name()))
                && (hosts.isEmpty() || fitsHost(request.getHeaders().getHost()));
    }

    boolean fitsPath(PathContainer path) {
        return paths.stream().anyMatch(pattern -> pattern.matches(path));
    }

    private boolean fitsHost(@Nullable InetSocketAddress sent) {
        if (sent == null) {
            return false;
        }
        String name = sent.getHostString().toLowerCase(Locale.ROOT);
        return hosts.stream()
                .anyMatch(host -> host.startsWith("*.") ? name.endsWith(host.substring(1)) : name.equals(host));
    }
}
