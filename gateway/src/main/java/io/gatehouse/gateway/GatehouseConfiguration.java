package io.gatehouse.gateway;

import io.gatehouse.gateway.edge.BasePath;
import io.gatehouse.gateway.edge.CorsProperties;
import io.gatehouse.gateway.edge.EndpointPaths;
import io.gatehouse.gateway.edge.PublicUrl;
import io.gatehouse.gateway.edge.TrustedProxies;
import io.gatehouse.gateway.login.Connectors;
import io.gatehouse.gateway.login.LoginProperties;
import io.gatehouse.gateway.logout.LogoutProperties;
import io.gatehouse.gateway.ops.OpsProperties;
import io.gatehouse.gateway.organization.OrganizationAliases;
import io.gatehouse.gateway.page.PageProperties;
import io.gatehouse.gateway.provider.MachineAccount;
import io.gatehouse.gateway.provider.ProviderAccount;
import io.gatehouse.gateway.redis.RedisProperties;
import io.gatehouse.gateway.relay.RelayProperties;
import io.gatehouse.gateway.route.ConfiguredRoutes;
import io.gatehouse.gateway.session.SessionProperties;
import io.gatehouse.gateway.token.TokenProperties;
import io.gatehouse.gateway.verify.ForwardAuthProperties;
import io.gatehouse.gateway.webhook.SigningKeys;
import java.time.Clock;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.ConfigurableEnvironment;

/** Hands each feature its part of the configuration. */
@Configuration(proxyBeanMethods = false)
class GatehouseConfiguration {

    /** That of a site is there already. */
    @Bean
    @ConditionalOnMissingBean
    GatehouseProperties gatehouseProperties(ConfigurableEnvironment environment) {
        return ConfigurationReader.read(environment);
    }

    @Bean
    StartupReport startupReport(GatehouseProperties properties) {
        return new StartupReport(properties);
    }

    /** The one clock. A test brings its own, so that it need not wait for time to pass. */
    @Bean
    @ConditionalOnMissingBean
    Clock clock() {
        return Clock.systemUTC();
    }

    @Bean
    PublicUrl publicUrl(GatehouseProperties properties) {
        return properties.publicUrl();
    }

    @Bean
    BasePath basePath(GatehouseProperties properties) {
        return properties.basePath();
    }

    @Bean
    EndpointPaths endpointPaths(GatehouseProperties properties) {
        return properties.paths().below(properties.basePath().value());
    }

    @Bean
    ProviderAccount providerAccount(GatehouseProperties properties) {
        return ProviderAccount.of(properties.logto(), properties.oidc());
    }

    @Bean
    MachineAccount machineAccount(GatehouseProperties properties, ProviderAccount account) {
        return MachineAccount.of(properties.logto(), properties.oidc(), account);
    }

    @Bean
    SigningKeys webhookSigningKeys(GatehouseProperties properties) {
        return new SigningKeys(properties.logto().webhookSigningKeys());
    }

    @Bean
    Connectors connectors(GatehouseProperties properties) {
        return new Connectors(properties.connectors());
    }

    @Bean
    OrganizationAliases organizationAliases(GatehouseProperties properties) {
        return new OrganizationAliases(properties.organizations());
    }

    @Bean
    RedisProperties redisProperties(GatehouseProperties properties) {
        return properties.redis();
    }

    @Bean
    SessionProperties sessionProperties(GatehouseProperties properties) {
        return properties.session();
    }

    @Bean
    LoginProperties loginProperties(GatehouseProperties properties) {
        return properties.signIn();
    }

    @Bean
    LogoutProperties logoutProperties(GatehouseProperties properties) {
        return properties.signOut();
    }

    @Bean
    TrustedProxies trustedProxies(GatehouseProperties properties) {
        return new TrustedProxies(properties.trustedProxies());
    }

    @Bean
    CorsProperties corsProperties(GatehouseProperties properties) {
        return properties.cors();
    }

    @Bean
    TokenProperties tokenProperties(GatehouseProperties properties) {
        return properties.token();
    }

    @Bean
    RelayProperties relayProperties(GatehouseProperties properties) {
        return properties.relay();
    }

    @Bean
    ForwardAuthProperties forwardAuthProperties(GatehouseProperties properties) {
        return properties.forwardAuth();
    }

    @Bean
    PageProperties pageProperties(GatehouseProperties properties) {
        return properties.pages();
    }

    @Bean
    OpsProperties opsProperties(GatehouseProperties properties) {
        return properties.ops();
    }

    @Bean
    ConfiguredRoutes configuredRoutes(GatehouseProperties properties) {
        return new ConfiguredRoutes(properties.effectiveRoutes());
    }
}
