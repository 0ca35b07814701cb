package io.gatehouse.gateway.session;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The name by which a person recognises a browser in a list of sessions. The full user agent is not kept: it identifies
 * people.
 */
final class BrowserFamily {

    /** In this order: Edge and Opera also call themselves Chrome, and Chrome calls itself Safari. */
    private static final List<String[]> MARKS = List.of(
            new String[] {"Edg/", "Edge"},
            new String[] {"OPR/", "Opera"},
            new String[] {"Firefox/", "Firefox"},
            new String[] {"Chrome/", "Chrome"},
            new String[] {"Safari/", "Safari"});

    /** What is kept where no name fits. */
    static final String UNKNOWN = "another browser";

    private BrowserFamily() {}

    static String of(@Nullable String userAgent) {
        return MARKS.stream()
                .filter(mark -> userAgent != null && userAgent.contains(mark[0]))
                .map(mark -> mark[1])
                .findFirst()
                .orElse(UNKNOWN);
    }
}
