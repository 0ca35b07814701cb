package io.gatehouse.gateway;

import io.gatehouse.gateway.edge.PublicUrl;
import io.gatehouse.gateway.provider.ProviderAccount;
import io.gatehouse.gateway.route.Access;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.InitializingBean;

/** Says once, at start, what this gateway goes by; without secrets. */
final class StartupReport implements InitializingBean {

    private static final Logger LOG = LoggerFactory.getLogger(StartupReport.class);

    private final GatehouseProperties properties;

    StartupReport(GatehouseProperties properties) {
        this.properties = properties;
    }

    @Override
    public void afterPropertiesSet() {
        LOG.atInfo().addKeyValue("configuration", properties).log("configuration read");
        PublicUrl publicUrl = properties.publicUrl();
        if (!publicUrl.isSecure()) {
            LOG.warn(
                    "public URL {} is plain http: cookies are neither Secure nor __Host-; for development only",
                    publicUrl.origin());
        }
        String issuer =
                ProviderAccount.of(properties.logto(), properties.oidc()).issuer();
        if (issuer.startsWith("http:")) {
            LOG.warn("issuer {} is plain http: codes and tokens travel in clear; for private networks only", issuer);
        }
        properties.routes().stream()
                .filter(route ->
                        properties.logto().isGiven() && !route.signIn().acr().isEmpty())
                .forEach(route -> LOG.warn(
                        "route {} asks for sign-in.acr, and Logto sends no acr: nobody will be let in", route.id()));
        properties.routes().stream()
                .filter(route -> route.access() == Access.AUTHENTICATED)
                .filter(route ->
                        !route.host().isEmpty() && route.host().stream().noneMatch(publicUrl::isHost))
                .forEach(route -> LOG.warn(
                        "route {} is for {}, which is not the host of the public URL: nobody can sign in there",
                        route.id(),
                        route.host()));
        if (properties.upstream() == null && properties.routes().isEmpty()) {
            LOG.warn("no routes: set gatehouse.upstream or gatehouse.routes, or everything is answered with 404");
        }
    }
}
