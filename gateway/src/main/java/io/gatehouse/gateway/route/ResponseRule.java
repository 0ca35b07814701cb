package io.gatehouse.gateway.route;

import java.util.List;
import java.util.Set;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How an answer of an upstream is changed before the browser gets it.
 *
 * @param setHeaders headers it gets, {@code Name=value}, in place of the upstream's own
 * @param removeHeaders headers it does not get
 */
public record ResponseRule(
        @DefaultValue List<HeaderValue> setHeaders,
        @DefaultValue Set<String> removeHeaders) {

    /** By these HTTP tells where an answer ends and what the connection does next (RFC 9110, section 7.6.1). */
    private static final Set<String> FRAMING = Set.of(
            "connection",
            "keep-alive",
            "transfer-encoding",
            "content-length",
            "te",
            "trailer",
            "upgrade",
            "set-cookie");

    /** Whether nothing is changed. */
    public boolean isEmpty() {
        return setHeaders.isEmpty() && removeHeaders.isEmpty();
    }

    boolean leavesFramingAlone() {
        return setHeaders.stream().map(HeaderValue::name).noneMatch(ResponseRule::isFraming)
                && removeHeaders.stream()
                        .allMatch(name ->
                                HeaderValue.isName(name) && (!isFraming(name) || name.equalsIgnoreCase("set-cookie")));
    }

    private static boolean isFraming(String name) {
        return FRAMING.contains(HeaderNames.canonical(name));
    }
}
