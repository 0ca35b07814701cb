package io.gatehouse.emulator.http;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A {@code Set-Cookie} header as Logto writes it: host-only, {@code SameSite=Lax}, no {@code Secure} over http.
 *
 * @param expires null for a cookie that lives as long as the browser
 */
public record SetCookie(
        String name, String value, String path, @Nullable Instant expires, boolean httpOnly) {

    /** A cookie that is gone once the browser has read it. */
    public static SetCookie expired(String name, String path) {
        return new SetCookie(name, "", path, Instant.EPOCH, true);
    }

    public Header header() {
        String date = expires == null ? "" : "; expires=" + HttpDate.format(expires);
        return new Header(
                "set-cookie",
                name + "=" + value + "; path=" + path + date + "; samesite=lax" + (httpOnly ? "; httponly" : ""));
    }
}
