package io.gatehouse.gateway.login;

import io.gatehouse.gateway.edge.FetchMetadata;
import io.gatehouse.gateway.edge.PublicUrl;
import io.gatehouse.gateway.problem.ProblemType;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;

/**
 * What may keep a browser from bringing its cookie back, as far as the request shows with which a sign-in begins. It
 * travels at the end of {@code state}, because nothing else comes back without the cookie; all it decides is which page
 * is shown then, so it need not be guarded, and the headers it is read from need not be trusted.
 */
enum Circumstance {
    USUAL("", ProblemType.COOKIE_NOT_RETURNED),
    WITHOUT_TLS(".t", ProblemType.BEGUN_WITHOUT_TLS),
    ELSEWHERE(".e", ProblemType.BEGUN_ELSEWHERE);

    private final String tag;
    private final ProblemType problem;

    Circumstance(String tag, ProblemType problem) {
        this.tag = tag;
        this.problem = problem;
    }

    static Circumstance of(ServerHttpRequest request, PublicUrl publicUrl) {
        HttpHeaders headers = request.getHeaders();
        String host = first(headers, "X-Forwarded-Host", first(headers, HttpHeaders.HOST, ""));
        if (!publicUrl.isHost(host)) {
            return ELSEWHERE;
        }
        return publicUrl.isSecure() && isPlain(request) ? WITHOUT_TLS : USUAL;
    }

    /** What stood at the end of a {@code state} that came back. */
    static Circumstance endOf(String state) {
        return Stream.of(WITHOUT_TLS, ELSEWHERE)
                .filter(circumstance -> state.endsWith(circumstance.tag))
                .findFirst()
                .orElse(USUAL);
    }

    String tag(String state) {
        return state + tag;
    }

    String untag(String state) {
        return state.substring(0, state.length() - tag.length());
    }

    /** What is wrong if the cookie does not come back. */
    ProblemType problem() {
        return problem;
    }

    /** Where nobody says so, a browser does: it sends Fetch Metadata to trustworthy addresses only. */
    private static boolean isPlain(ServerHttpRequest request) {
        HttpHeaders headers = request.getHeaders();
        String scheme = first(headers, "X-Forwarded-Proto", "");
        if (!scheme.isEmpty()) {
            return scheme.equals("http");
        }
        boolean isBrowser = first(headers, HttpHeaders.USER_AGENT, "").startsWith("mozilla/");
        return isBrowser && !FetchMetadata.isSentWith(request);
    }

    private static String first(HttpHeaders headers, String name, String otherwise) {
        String value = Objects.requireNonNullElse(headers.getFirst(name), otherwise);
        return value.split(",", 2)[0].strip().toLowerCase(Locale.ROOT);
    }
}
