package io.gatehouse.gateway.ops;

import static org.springframework.web.reactive.function.server.RequestPredicates.methods;
import static org.springframework.web.reactive.function.server.RequestPredicates.path;
import static org.springframework.web.reactive.function.server.RouterFunctions.route;

import io.gatehouse.gateway.audit.AuditLog;
import io.gatehouse.gateway.provider.ProviderAccount;
import io.gatehouse.gateway.redis.Tracking;
import io.gatehouse.gateway.session.SessionEnds;
import io.gatehouse.gateway.session.SessionProperties;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.function.server.RequestPredicate;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** Wires the ops port. */
@Configuration(proxyBeanMethods = false)
class OpsConfiguration {

    @Bean
    Readiness readiness(ApplicationAvailability availability, Tracking redis, SessionProperties session, Clock clock) {
        return new Readiness(availability, redis, session.cache().maxStale(), clock);
    }

    @Bean
    SiteOperations siteOperations(Readiness readiness, SessionEnds ends, ProviderAccount account) {
        return new SiteOperations(readiness, ends, account.issuer());
    }

    /** Where everything that counts something registers it. */
    @Bean
    @ConditionalOnMissingBean
    PrometheusMeterRegistry meterRegistry() {
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        List.of(new JvmMemoryMetrics(), new JvmThreadMetrics(), new ProcessorMetrics())
                .forEach(meters -> meters.bindTo(registry));
        return registry;
    }

    /** One for all sites. */
    @Bean
    @ConditionalOnMissingBean(name = "siteId")
    OpsServer opsServer(
            OpsProperties properties,
            SiteOperations own,
            OtherSites others,
            PrometheusMeterRegistry registry,
            AuditLog audit,
            SslBundles bundles) {
        RouterFunction<ServerResponse> forOperators = new SessionAdministration(own, others, audit)
                .routes()
                .and(new Metrics(registry).routes())
                .filter(new OperatorGate(OperatorProof.of(properties), audit));
        return new OpsServer(
                properties,
                RouterFunctions.toHttpHandler(probes(own, others).and(forOperators)),
                tls(properties, bundles));
    }

    private static @Nullable OpsTls tls(OpsProperties properties, SslBundles bundles) {
        String name = properties.sslBundle();
        return name == null ? null : OpsTls.of(name, bundles, properties.isCertificateRequired());
    }

    private static RouterFunction<ServerResponse> probes(SiteOperations own, OtherSites others) {
        return route(probe("/livez"), request -> live(own.readiness()))
                .andRoute(probe("/readyz"), request -> answer(obstacles(own, others)));
    }

    private static RequestPredicate probe(String path) {
        return methods(HttpMethod.GET, HttpMethod.HEAD).and(path(path));
    }

    private static Mono<ServerResponse> live(Readiness readiness) {
        return readiness.isAlive()
                ? answer(HttpStatus.OK, Map.of("status", "alive"))
                : answer(HttpStatus.SERVICE_UNAVAILABLE, Map.of("status", "broken"));
    }

    /** What keeps any site from serving. */
    private static List<String> obstacles(SiteOperations own, OtherSites others) {
        return Stream.concat(Stream.of(own), others.operations().values().stream())
                .flatMap(site -> site.obstacles().stream())
                .distinct()
                .toList();
    }

    private static Mono<ServerResponse> answer(List<String> obstacles) {
        return obstacles.isEmpty()
                ? answer(HttpStatus.OK, Map.of("status", "ready"))
                : answer(HttpStatus.SERVICE_UNAVAILABLE, Map.of("status", "not ready", "because", obstacles));
    }

    private static Mono<ServerResponse> answer(HttpStatus status, Map<String, ?> body) {
        return ServerResponse.status(status).header("Cache-Control", "no-store").bodyValue(body);
    }
}
