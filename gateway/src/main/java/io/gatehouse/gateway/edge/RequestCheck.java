package io.gatehouse.gateway.edge;

import io.gatehouse.gateway.problem.ProblemType;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;

/** Tells requests that cannot be judged safely: two programs could read them differently. */
public final class RequestCheck {

    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");
    private static final Pattern HOST = Pattern.compile("([A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+])(:\\d{1,5})?");

    /** A name that says where a body ends, with anything but its hyphen between its letters. */
    private static final Pattern DISGUISED = Pattern.compile(
            "(?i)(?!transfer-encoding$|content-length$)[^a-z]*(transfer[^a-z]*encoding|content[^a-z]*length)[^a-z]*");

    /** More than any browser names; Spring fails on more than this many. */
    private static final int MAX_MEDIA_TYPES = 50;

    private RequestCheck() {}

    /** What is wrong with a request. Empty if nothing is. */
    public static Optional<ProblemType> objection(ServerHttpRequest request) {
        if (!METHODS.contains(request.getMethod().name())) {
            return Optional.of(ProblemType.METHOD_NOT_ALLOWED);
        }
        HttpHeaders headers = request.getHeaders();
        if (isLengthDisguised(headers)
                || !isCodingKnown(headers)
                || !isHostClear(headers)
                || !isAcceptReadable(headers)
                || isHalfAnUpgrade(headers)) {
            return Optional.of(ProblemType.INVALID_REQUEST);
        }
        String query = request.getURI().getRawQuery();
        boolean ambiguous = AmbiguousTarget.isPath(request.getURI().getRawPath())
                || (query != null && AmbiguousTarget.isQuery(query))
                // A prefix from a forwarded header: routes would be chosen by another path than the upstream is sent.
                || !request.getPath().contextPath().value().isEmpty();
        return ambiguous ? Optional.of(ProblemType.AMBIGUOUS_PATH) : Optional.empty();
    }

    /**
     * {@code Transfer_Encoding}: some upstreams read it as the header of that name, and would end the body elsewhere.
     */
    private static boolean isLengthDisguised(HttpHeaders headers) {
        return headers.headerNames().stream()
                .anyMatch(name -> DISGUISED.matcher(name).matches());
    }

    /** Any other coding would be taken off a body that is still in it (RFC 9112, section 6.1). */
    private static boolean isCodingKnown(HttpHeaders headers) {
        List<String> codings = headers.getOrEmpty(HttpHeaders.TRANSFER_ENCODING);
        return codings.isEmpty() || (codings.size() == 1 && codings.getFirst().equalsIgnoreCase("chunked"));
    }

    /** HTTP/1.0 may leave the host out; a route that wants one does not fit then. */
    private static boolean isHostClear(HttpHeaders headers) {
        List<String> hosts = headers.getOrEmpty(HttpHeaders.HOST);
        return hosts.isEmpty()
                || (hosts.size() == 1 && HOST.matcher(hosts.getFirst()).matches());
    }

    /** A WebSocket handshake that lacks what makes it one (RFC 6455, section 4.2.1). */
    private static boolean isHalfAnUpgrade(HttpHeaders headers) {
        return "websocket".equalsIgnoreCase(headers.getUpgrade())
                && (headers.getConnection().stream().noneMatch("upgrade"::equalsIgnoreCase)
                        || !headers.containsHeader("Sec-WebSocket-Key")
                        || !headers.containsHeader("Sec-WebSocket-Version"));
    }

    private static boolean isAcceptReadable(HttpHeaders headers) {
        return headers.getOrEmpty(HttpHeaders.ACCEPT).stream()
                        .mapToLong(line -> line.chars()
                                        .filter(character -> character == ',')
                                        .count()
                                + 1)
                        .sum()
                <= MAX_MEDIA_TYPES;
    }
}
