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
import org.jspecify.annotations.Nullable;
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
    SessionAdministration sessionAdministration(SessionEnds ends, ProviderAccount account, AuditLog audit) {
        return new SessionAdministration(ends, account.issuer(), audit);
    }

    /** Where everything that counts something registers it. */
    @Bean
    PrometheusMeterRegistry meterRegistry() {
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        List.of(new JvmMemoryMetrics(), new JvmThreadMetrics(), new ProcessorMetrics())
                .forEach(meters -> meters.bindTo(registry));
        return registry;
    }

    @Bean
    OpsServer opsServer(
            OpsProperties properties,
            Readiness readiness,
            SessionAdministration administration,
            PrometheusMeterRegistry registry,
            AuditLog audit,
            SslBundles bundles) {
        RouterFunction<ServerResponse> forOperators = administration
                .routes()
                .and(new Metrics(registry).routes())
                .filter(new OperatorGate(OperatorProof.of(properties), audit));
        return new OpsServer(
                properties,
                RouterFunctions.toHttpHandler(probes(readiness).and(forOperators)),
                tls(properties, bundles));
    }

    private static @Nullable OpsTls tls(OpsProperties properties, SslBundles bundles) {
        String name = properties.sslBundle();
        return name == null ? null : OpsTls.of(name, bundles, properties.isCertificateRequired());
    }

    private static RouterFunction<ServerResponse> probes(Readiness readiness) {
        return route(probe("/livez"), request -> live(readiness))
                .andRoute(probe("/readyz"), request -> ready(readiness));
    }

    private static RequestPredicate probe(String path) {
        return methods(HttpMethod.GET, HttpMethod.HEAD).and(path(path));
    }

    private static Mono<ServerResponse> live(Readiness readiness) {
        return readiness.isAlive()
                ? answer(HttpStatus.OK, Map.of("status", "alive"))
                : answer(HttpStatus.SERVICE_UNAVAILABLE, Map.of("status", "broken"));
    }

    private static Mono<ServerResponse> ready(Readiness readiness) {
        return answer(readiness.obstacles());
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
