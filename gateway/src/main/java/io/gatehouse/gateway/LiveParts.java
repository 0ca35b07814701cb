package io.gatehouse.gateway;

import io.gatehouse.gateway.live.Secret;
import io.gatehouse.gateway.ops.OpsKey;
import io.gatehouse.gateway.route.RouteTable;
import io.gatehouse.gateway.webhook.SigningKeys;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.gateway.event.RefreshRoutesEvent;
import org.springframework.context.ApplicationEventPublisher;

/**
 * What of the configuration is in force and can be replaced: routes and secrets. Everything that is made of a new
 * configuration has been made when it was read; here it only takes its place.
 *
 * @param running as the gateway was started; its secrets are those that all parts of it hold
 */
record LiveParts(
        GatehouseProperties running, RouteTable routes, SigningKeys webhooks, ApplicationEventPublisher publisher) {

    /** Whether only a restart could bring this one about. */
    boolean needsRestartFor(GatehouseProperties next) {
        return !running.redis().url().isSamePlaceAs(next.redis().url());
    }

    /** Whether there would be nothing left to do: that is what a file looks like which somebody has emptied. */
    boolean wouldEndWith(GatehouseProperties next) {
        return next.effectiveRoutes().isEmpty() && routes.isServingAny();
    }

    /** Requests that begin from now on go by it. */
    void take(GatehouseProperties next) {
        routes.replaceWith(next.effectiveRoutes());
        replace(running.logto().appSecret(), next.logto().appSecret());
        replace(running.logto().machineAppSecret(), next.logto().machineAppSecret());
        replace(running.oidc().clientSecret(), next.oidc().clientSecret());
        replace(running.oidc().machineClientSecret(), next.oidc().machineClientSecret());
        replace(running.redis().sentinelPassword(), next.redis().sentinelPassword());
        running.redis().url().replaceCredentialsWith(next.redis().url());
        running.session().keys().replaceWith(next.session().keys());
        webhooks.replaceWith(new SigningKeys(next.logto().webhookSigningKeys()));
        if (running.relay().canAssert()) {
            running.relay().keys().replaceWith(next.relay().keys());
        }
        OpsKey key = running.ops().key();
        if (key != null) {
            key.replaceWith(Objects.requireNonNull(next.ops().key()));
        }
        publisher.publishEvent(new RefreshRoutesEvent(this));
    }

    /** Where there is none now, there is none in the next one: that would take a restart. */
    private static void replace(@Nullable Secret running, @Nullable Secret next) {
        if (running != null && next != null) {
            running.replaceWith(next);
        }
    }
}
