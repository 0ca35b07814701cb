package io.gatehouse.gateway.route;

import io.gatehouse.gateway.problem.GatewayException;
import io.gatehouse.gateway.problem.ProblemType;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * Where a route gets the organization from that its requests are for. Written {@code session}, {@code id:<id>},
 * {@code header:<name>}, {@code path:<pattern>} or {@code host:<pattern>}; a pattern has {@code {organization}} in it.
 */
public sealed interface OrganizationSource {

    String PLACE = "{organization}";

    /** The one the person has chosen. */
    record Chosen() implements OrganizationSource {

        @Override
        public Optional<String> name(ServerHttpRequest request) {
            return Optional.empty();
        }
    }

    /** Always the same. */
    record Fixed(String id) implements OrganizationSource {

        @Override
        public Optional<String> name(ServerHttpRequest request) {
            return Optional.of(id);
        }
    }

    /** What a header says. The upstream gets it with the id in it, and nobody else's. */
    record Header(String header) implements OrganizationSource {

        @Override
        public Optional<String> name(ServerHttpRequest request) {
            List<String> sent = request.getHeaders().getOrEmpty(header);
            if (sent.size() > 1) {
                throw GatewayException.of(ProblemType.INVALID_REQUEST, "several organizations");
            }
            return sent.stream().filter(name -> !name.isBlank()).findFirst();
        }
    }

    /** A segment of the path. */
    record Path(PathPattern pattern) implements OrganizationSource {

        @Override
        public Optional<String> name(ServerHttpRequest request) {
            PathPattern.@Nullable PathMatchInfo match =
                    pattern.matchAndExtract(request.getPath().pathWithinApplication());
            return Optional.ofNullable(match)
                    .map(found -> found.getUriVariables().get("organization"));
        }
    }

    /** A label of the host. */
    record Host(Pattern pattern) implements OrganizationSource {

        @Override
        public Optional<String> name(ServerHttpRequest request) {
            String host = request.getHeaders().getFirst(HttpHeaders.HOST);
            Matcher match = pattern.matcher(host == null ? "" : host.toLowerCase(Locale.ROOT));
            return match.matches() ? Optional.of(match.group(1)) : Optional.empty();
        }
    }

    /** The organization a request names, as an id or an alias. Empty if it names none. */
    Optional<String> name(ServerHttpRequest request);

    /** Reads the written form. */
    static OrganizationSource of(String text) {
        int colon = text.indexOf(':');
        String kind = colon < 0 ? text : text.substring(0, colon);
        String value = colon < 0 ? "" : text.substring(colon + 1).strip();
        return switch (kind) {
            case "session" -> chosen(value);
            case "id" -> new Fixed(required(value, Pattern.compile("[A-Za-z0-9_-]{1,128}")));
            case "header" -> new Header(free(required(value, Pattern.compile("[A-Za-z0-9-]{1,100}"))));
            case "path" ->
                new Path(PathPatternParser.defaultInstance.parse(
                        required(value, Pattern.compile("/[^?#]*\\{organization}[^?#]*"))));
            case "host" -> new Host(host(required(value, Pattern.compile("[a-z0-9.-]*\\{organization}[a-z0-9.-]*"))));
            default -> throw malformed();
        };
    }

    private static OrganizationSource chosen(String value) {
        if (!value.isEmpty()) {
            throw malformed();
        }
        return new Chosen();
    }

    private static Pattern host(String pattern) {
        int place = pattern.indexOf(PLACE);
        return Pattern.compile(Pattern.quote(pattern.substring(0, place)) + "([a-z0-9-]+)"
                + Pattern.quote(pattern.substring(place + PLACE.length())) + "\\.?(:\\d+)?");
    }

    private static String free(String header) {
        if (!HeaderNames.isFree(header)) {
            throw new IllegalArgumentException(header
                    + " has a meaning of its own in HTTP or for a gateway; choose a name such as X-Organization");
        }
        return header;
    }

    private static String required(String value, Pattern form) {
        if (!form.matcher(value).matches()) {
            throw malformed();
        }
        return value;
    }

    private static IllegalArgumentException malformed() {
        return new IllegalArgumentException(
                "must be session, id:<id>, header:<name>, path:/{organization}/** or host:{organization}.example.com");
    }
}
