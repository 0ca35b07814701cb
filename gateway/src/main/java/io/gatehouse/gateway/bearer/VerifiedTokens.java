package io.gatehouse.gateway.bearer;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Tokens that have just been verified, by a digest. Only good ones are kept, so that nobody fills it with anything but
 * what the IdP has signed, and none beyond its own life. A key may be as old when it verifies a token as the result
 * becomes afterwards, so that one the IdP has removed counts for a minute at most.
 */
final class VerifiedTokens {

    static final Duration MEMORY = Duration.ofSeconds(30);

    /** Characters of all tokens together; what is kept of each is about three times as large. */
    private static final int CAPACITY = 16 * 1024 * 1024;

    private final Cache<String, BearerToken> verified = Caffeine.newBuilder()
            .maximumWeight(CAPACITY)
            .weigher((String digest, BearerToken bearer) ->
                    bearer.token().value().length())
            .expireAfterWrite(MEMORY)
            .build();

    private final Clock clock;

    VerifiedTokens(Clock clock) {
        this.clock = clock;
    }

    void keep(BearerToken bearer) {
        verified.put(digest(bearer.token().value()), bearer);
    }

    Optional<BearerToken> find(String value) {
        return Optional.ofNullable(verified.getIfPresent(digest(value))).filter(this::isRecent);
    }

    /** Characters of all tokens together. */
    long weight() {
        verified.cleanUp();
        return verified.policy().eviction().orElseThrow().weightedSize().orElseThrow();
    }

    private boolean isRecent(BearerToken bearer) {
        Instant now = clock.instant();
        Instant verifiedAt = bearer.token().issuedAt();
        return !now.isBefore(verifiedAt)
                && now.isBefore(verifiedAt.plus(MEMORY))
                && now.isBefore(bearer.token().expiresAt());
    }

    private static String digest(String value) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(sha256.digest(value.getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
