package io.gatehouse.gateway.route;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How a request is changed before its upstream gets it. Rules are judged by the request as the browser sent it.
 *
 * @param stripPrefix what is taken from the beginning of the path, such as {@code /api}; the upstream is told in
 *     {@code X-Forwarded-Prefix}. Empty: nothing
 * @param addPrefix what is put before the path then, such as {@code /v1}. Empty: nothing
 * @param host the {@code Host} it gets: {@code upstream} (that of its address), {@code public} (the one the browser
 *     asked for), or any other name
 * @param setHeaders headers it gets, {@code Name=value}; nobody else can set them
 * @param removeHeaders headers it does not get, however they are spelt
 */
public record RequestRule(
        @DefaultValue("") String stripPrefix,
        @DefaultValue("") String addPrefix,
        @DefaultValue("upstream") String host,
        @DefaultValue List<HeaderValue> setHeaders,
        @DefaultValue Set<String> removeHeaders) {

    private static final Pattern PREFIX = Pattern.compile("(/[A-Za-z0-9._~-]+)*");
    private static final Pattern DOTS = Pattern.compile("/\\.{1,2}(/|$)");
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9.-]{1,253}(:\\d{1,5})?");

    /** Whether the browser's own {@code Host} is passed on. */
    public boolean keepsHost() {
        return host.equals("public");
    }

    /** Whether the upstream is addressed as it is reached. */
    public boolean takesUpstreamHost() {
        return host.equals("upstream");
    }

    /** The path the upstream gets for one that the browser asked for, both as they stand in a request line. */
    public String rewritten(String path) {
        String rest = isBelow(path) ? path.substring(stripPrefix.length()) : path;
        String absolute = rest.isEmpty() ? "/" : rest;
        return addPrefix.isEmpty() || !absolute.equals("/") || path.endsWith("/") ? addPrefix + absolute : addPrefix;
    }

    private boolean isBelow(String path) {
        return !stripPrefix.isEmpty() && (path.equals(stripPrefix) || path.startsWith(stripPrefix + "/"));
    }

    boolean hasPlainPrefixes() {
        return isPlain(stripPrefix) && isPlain(addPrefix);
    }

    private static boolean isPlain(String prefix) {
        return PREFIX.matcher(prefix).matches() && !DOTS.matcher(prefix).find();
    }

    boolean hasPlainHost() {
        return HOST.matcher(host).matches();
    }

    /** @param isAuthorizationFree whether the upstream gets no token, so that it can get another credential */
    boolean setsFreeHeaders(boolean isAuthorizationFree) {
        return setHeaders.stream().map(HeaderValue::name).allMatch(name -> isFree(name, isAuthorizationFree))
                && removeHeaders.stream().allMatch(HeaderValue::isName);
    }

    private static boolean isFree(String name, boolean isAuthorizationFree) {
        return name.equalsIgnoreCase("authorization") ? isAuthorizationFree : HeaderNames.isFree(name);
    }
}
