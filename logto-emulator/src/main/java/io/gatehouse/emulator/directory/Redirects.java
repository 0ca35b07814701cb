package io.gatehouse.emulator.directory;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where Logto may send the browser and its own notices.
 *
 * @param redirectUris exact strings, or with wildcards in the host
 * @param backchannelLogoutUri null if the application wants no notice
 * @param backchannelLogoutSessionRequired together with the URI it puts {@code sid} into tokens
 */
public record Redirects(
        List<String> redirectUris,
        List<String> postLogoutRedirectUris,
        @Nullable String backchannelLogoutUri,
        boolean backchannelLogoutSessionRequired) {

    public static final Redirects NONE = new Redirects(List.of(), List.of(), null, false);

    public boolean allowsRedirectTo(String uri) {
        return redirectUris.stream().anyMatch(it -> RedirectPattern.matches(it, uri));
    }

    public boolean allowsPostLogoutRedirectTo(String uri) {
        return postLogoutRedirectUris.contains(uri);
    }

    public boolean includesSid() {
        return backchannelLogoutUri != null && backchannelLogoutSessionRequired;
    }
}
