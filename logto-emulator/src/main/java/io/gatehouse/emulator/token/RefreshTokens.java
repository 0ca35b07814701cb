package io.gatehouse.emulator.token;

import io.gatehouse.emulator.directory.Application;
import io.gatehouse.emulator.session.Lifetime;
import io.gatehouse.emulator.session.RefreshToken;
import io.gatehouse.emulator.session.Tenant;
import io.gatehouse.emulator.session.TokenSource;
import java.time.Duration;
import java.time.Instant;

/** Issues refresh tokens, and rotates them late: only once most of their life has passed. */
final class RefreshTokens {

    private final Tenant tenant;

    RefreshTokens(Tenant tenant) {
        this.tenant = tenant;
    }

    String first(Application client, TokenSource source) {
        return issue(client, source, tenant.clock().instant());
    }

    /**
     * The refresh token that the response repeats or replaces. A replaced one stays usable for the grace, and every
     * such use mints yet another token.
     */
    String next(Application client, RefreshToken current) {
        Instant now = tenant.clock().instant();
        boolean due = client.tokenPolicy().rotateRefreshToken()
                && current.isDueForRotation(tenant.lifetimes().rotationThreshold(), now);
        if (!due) {
            return current.value();
        }
        tenant.grants().consume(current);
        return issue(client, current.source(), current.chainStartedAt());
    }

    private String issue(Application client, TokenSource source, Instant chainStartedAt) {
        Instant now = tenant.clock().instant();
        var token = new RefreshToken(
                tenant.identifiers().secret(), source, now, now.plus(lifetime(client)), chainStartedAt, null);
        tenant.grants().save(token);
        return token.value();
    }

    private Duration lifetime(Application client) {
        return tenant.lifetimes()
                .of(Lifetime.REFRESH_TOKEN_LIFETIME, client.tokenPolicy().refreshTokenTtl());
    }
}
