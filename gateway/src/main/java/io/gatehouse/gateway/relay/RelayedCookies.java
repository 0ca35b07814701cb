package io.gatehouse.gateway.relay;

import io.gatehouse.gateway.edge.CookieHeader;
import io.gatehouse.gateway.edge.GatewayCookies;
import io.gatehouse.gateway.edge.PublicUrl;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.http.HttpHeaders;

/**
 * The cookies an upstream may see: its own. This gateway's are the keys to its sessions. On localhost those of Logto
 * come along, because cookies do not know ports, and they are the keys to Logto.
 */
public final class RelayedCookies {

    private static final List<String> LOGTO = List.of("_session", "_interaction", "_interaction_resume", "_logto");

    private final Set<String> ours;
    private final Set<String> hidden;

    RelayedCookies(GatewayCookies cookies, PublicUrl publicUrl) {
        this.ours = Set.copyOf(cookies.names());
        this.hidden = new HashSet<>(ours);
        if (publicUrl.isLoopback()) {
            LOGTO.forEach(name -> hidden.addAll(List.of(name, name + ".sig")));
        }
    }

    /** Leaves the upstream's cookies as the browser wrote them, byte for byte. */
    public void filterRequest(HttpHeaders headers) {
        List<String> sent = headers.getOrEmpty(HttpHeaders.COOKIE);
        replace(
                headers,
                HttpHeaders.COOKIE,
                sent.stream().map(this::filter).filter(line -> !line.isEmpty()).toList());
    }

    /** Lets an upstream set any cookie but ours. */
    void filterResponse(HttpHeaders headers) {
        List<String> set = headers.getOrEmpty(HttpHeaders.SET_COOKIE);
        replace(
                headers,
                HttpHeaders.SET_COOKIE,
                set.stream()
                        .filter(cookie -> !ours.contains(CookieHeader.lenientName(cookie)))
                        .toList());
    }

    private static void replace(HttpHeaders headers, String name, List<String> values) {
        if (values.isEmpty()) {
            headers.remove(name);
        } else {
            headers.put(name, values);
        }
    }

    private String filter(String line) {
        return CookieHeader.pairs(line)
                .filter(pair -> !hidden.contains(CookieHeader.lenientName(pair)))
                .collect(Collectors.joining("; "));
    }
}
