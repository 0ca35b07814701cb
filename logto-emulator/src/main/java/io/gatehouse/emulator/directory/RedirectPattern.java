package io.gatehouse.emulator.directory;

import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Registered redirect URIs: exact strings, but a {@code *} in the host stands for a part of one label. */
final class RedirectPattern {

    private static final Pattern SCHEME_HOST_REST = Pattern.compile("([a-z][a-z0-9+.-]*://)([^/?#]*)(.*)");

    private RedirectPattern() {}

    static boolean matches(String registered, String uri) {
        if (!registered.contains("*")) {
            return registered.equals(uri);
        }
        var parts = SCHEME_HOST_REST.matcher(registered);
        return parts.matches()
                && Pattern.matches(
                        Pattern.quote(parts.group(1)) + label(parts.group(2)) + Pattern.quote(parts.group(3)), uri);
    }

    private static String label(String host) {
        return Arrays.stream(host.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining("[^./?#]+"));
    }
}
