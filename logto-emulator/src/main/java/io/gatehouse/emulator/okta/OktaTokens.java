package io.gatehouse.emulator.okta;

import io.gatehouse.emulator.keys.Jwt;
import io.gatehouse.emulator.keys.SigningKeys;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What Okta says about an account, signed with RS256 or in the clear. */
final class OktaTokens {

    private static final Duration LIFETIME = Duration.ofHours(1);

    private final String issuer;
    private final SigningKeys keys;
    private final Clock clock;

    OktaTokens(String issuer, SigningKeys keys, Clock clock) {
        this.issuer = issuer;
        this.keys = keys;
        this.clock = clock;
    }

    long expiresIn() {
        return LIFETIME.toSeconds();
    }

    String idToken(OktaAccount account, String clientId, @Nullable String nonce) {
        Instant now = clock.instant();
        var claims = new LinkedHashMap<String, @Nullable Object>();
        claims.put("sub", subject(account));
        claims.put("name", account.name());
        claims.put("iss", issuer);
        claims.put("aud", clientId);
        claims.put("iat", now.getEpochSecond());
        claims.put("exp", now.plus(LIFETIME).getEpochSecond());
        if (nonce != null) {
            claims.put("nonce", nonce);
        }
        return Jwt.sign(keys.current(), null, claims);
    }

    static Map<String, Object> userInfo(OktaAccount account) {
        var claims = new LinkedHashMap<String, Object>();
        claims.put("sub", subject(account));
        claims.put("name", account.name());
        claims.put("email", account.email());
        if (account.emailVerified() != null) {
            claims.put("email_verified", account.emailVerified());
        }
        claims.put("preferred_username", account.email());
        claims.put("groups", account.groups());
        return claims;
    }

    /** Always the same for an address, in Okta's shape. */
    private static String subject(OktaAccount account) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(account.email().getBytes(StandardCharsets.UTF_8));
            return "00u" + HexFormat.of().formatHex(digest).substring(0, 17);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
