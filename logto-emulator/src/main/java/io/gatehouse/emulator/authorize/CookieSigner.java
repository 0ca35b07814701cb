package io.gatehouse.emulator.authorize;

import io.gatehouse.emulator.http.Header;
import io.gatehouse.emulator.http.Request;
import io.gatehouse.emulator.http.SetCookie;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Cookies with a second one beside them, {@code <name>.sig}, that proves them ours. */
final class CookieSigner {

    private final SecretKeySpec key;

    CookieSigner(String secret) {
        this.key = new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA1");
    }

    /** The cookie's value, if its signature is right. */
    Optional<String> read(Request request, String name) {
        return request.cookie(name)
                .filter(value -> request.cookie(name + ".sig")
                        .filter(it -> isEqual(it, sign(name, value)))
                        .isPresent());
    }

    List<Header> write(SetCookie cookie) {
        var signature = new SetCookie(
                cookie.name() + ".sig",
                sign(cookie.name(), cookie.value()),
                cookie.path(),
                cookie.expires(),
                cookie.httpOnly());
        return List.of(cookie.header(), signature.header());
    }

    private String sign(String name, String value) {
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(key);
            byte[] signature = mac.doFinal((name + "=" + value).getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(signature);
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every JDK has HmacSHA1", e);
        }
    }

    private static boolean isEqual(String some, String other) {
        return MessageDigest.isEqual(some.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }
}
