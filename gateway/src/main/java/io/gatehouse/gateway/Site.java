package io.gatehouse.gateway;

import io.gatehouse.gateway.edge.PublicUrl;
import io.gatehouse.gateway.ops.SiteOperations;
import io.gatehouse.gateway.route.RouteTable;
import io.gatehouse.gateway.webhook.SigningKeys;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.LivenessState;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.boot.web.context.reactive.AnnotationConfigReactiveWebApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.http.server.reactive.HttpHandler;

/**
 * An application on a host of its own: the whole gateway once more but for its ports, so that nothing of one site can
 * be used at another. Its sessions are in a part of Redis of their own.
 */
final class Site implements AutoCloseable {

    private final String id;
    private final GatehouseProperties properties;
    private final AnnotationConfigReactiveWebApplicationContext context =
            new AnnotationConfigReactiveWebApplicationContext();

    Site(String id, GatehouseProperties properties) {
        this.id = id;
        this.properties = properties;
    }

    String id() {
        return id;
    }

    PublicUrl publicUrl() {
        return properties.publicUrl();
    }

    /** Takes requests from now on, with the clock and the meters of the gateway itself. */
    void start(ConfigurableEnvironment environment, Clock clock, MeterRegistry registry) {
        context.setId("site " + id);
        context.setEnvironment(environment);
        ConfigurableListableBeanFactory beans = context.getBeanFactory();
        beans.registerSingleton("siteId", new SiteId(id));
        beans.registerSingleton("gatehouseProperties", properties);
        beans.registerSingleton("clock", clock);
        beans.registerSingleton("meterRegistry", registry);
        context.register(GatewayApplication.class);
        context.refresh();
        AvailabilityChangeEvent.publish(context, LivenessState.CORRECT);
        AvailabilityChangeEvent.publish(context, ReadinessState.ACCEPTING_TRAFFIC);
    }

    HttpHandler handler() {
        return context.getBean(HttpHandler.class);
    }

    SiteOperations operations() {
        return context.getBean(SiteOperations.class);
    }

    LiveParts parts() {
        return new LiveParts(
                properties, context.getBean(RouteTable.class), context.getBean(SigningKeys.class), context);
    }

    @Override
    public void close() {
        context.close();
    }
}
