package io.gatehouse.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.gatehouse.gateway.fixture.TestKeys;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

class SiteConfigurationTests {

    private final Map<String, Object> environment = new HashMap<>();
    private final Map<String, Object> file = new HashMap<>(Map.of(
            "server.forward-headers-strategy", "none",
            "gatehouse.public-url", "https://app.example",
            "gatehouse.session.keys", TestKeys.entry("k1"),
            "gatehouse.session.idle-timeout", "5m",
            "gatehouse.connectors.okta", "c1",
            "gatehouse.sites.shop.public-url", "https://shop.example"));

    SiteConfigurationTests() {
        file.putAll(Map.of(
                "gatehouse.logto.endpoint", "https://tenant.logto.app",
                "gatehouse.logto.app-id", "app",
                "gatehouse.logto.app-secret", "s3cret",
                "gatehouse.pages.name", "Acme",
                "gatehouse.pages.support", "https://help.example",
                "gatehouse.routes[0].id", "main",
                "gatehouse.routes[0].path", "/**",
                "gatehouse.routes[0].upstream", "http://main:3000"));
    }

    @Test
    void whatASiteDoesNotSayIsAsForTheGatewayItself() {
        file.put("gatehouse.sites.shop.logto.app-id", "shop-app");
        file.put("gatehouse.sites.shop.pages.name", "Shop");
        file.put("gatehouse.sites.shop.sign-in.connector", "okta");

        GatehouseProperties shop = shop();

        assertThat(shop.publicUrl()).hasToString("PublicUrl[origin=https://shop.example]");
        assertThat(shop.logto()).hasToString("endpoint=https://tenant.logto.app, app-id=shop-app");
        assertThat(shop.pages().name()).isEqualTo("Shop");
        assertThat(shop.pages().support()).isNotNull();
        assertThat(shop.signIn().connector()).isEqualTo("okta");
        assertThat(shop.session().idleTimeout()).hasMinutes(5);
    }

    @Test
    void siteHasItsOwnRoutesAndItsOwnPartOfRedis() {
        file.put("gatehouse.sites.shop.upstream", "http://shop:3000");

        assertThat(shop().effectiveRoutes())
                .singleElement()
                .satisfies(route -> assertThat(route.id()).isEqualTo("everything"));
        assertThat(shop().redis().namespace()).isEqualTo("gatehouse-shop");
        assertThat(shop().sites()).isEmpty();
    }

    @Test
    void siteWithoutRoutesDoesNotHaveThoseOfTheGateway() {
        assertThat(shop().effectiveRoutes()).isEmpty();
    }

    @Test
    void environmentReachesTheKeysOfASite(@TempDir Path directory) throws Exception {
        environment.put("GATEHOUSE_SITES_SHOP_LOGTO_APP_ID", "from-environment");
        environment.put(
                "GATEHOUSE_SITES_SHOP_LOGTO_APP_SECRET_FILE",
                Files.writeString(directory.resolve("secret"), "from-file").toString());

        assertThat(shop().logto()).hasToString("endpoint=https://tenant.logto.app, app-id=from-environment");
        assertThat(shop().logto().appSecret())
                .isNotNull()
                .satisfies(secret -> assertThat(secret.value()).isEqualTo("from-file"));
    }

    @Test
    void complaintsNameTheSitesOwnKeys() {
        file.put("gatehouse.sites.shop.routes[0].path", "nowhere");
        file.put("gatehouse.sites.shop.pages.nmae", "Shop");
        file.put("gatehouse.session.idle-timeout", "11h");

        assertThatExceptionOfType(InvalidConfigurationException.class)
                .isThrownBy(() -> ConfigurationReader.read(spring()))
                .satisfies(invalid -> assertThat(invalid.complaints())
                        .anyMatch(it -> it.startsWith("gatehouse.sites.shop.routes[0].id"))
                        .anyMatch(it -> it.startsWith("gatehouse.sites.shop.routes[0].path"))
                        .anyMatch(it -> it.startsWith("gatehouse.sites.shop.pages.nmae"))
                        .filteredOn(it -> it.contains("idle-timeout"))
                        .singleElement()
                        .asString()
                        .startsWith("gatehouse.session"));
    }

    @Test
    void everySiteNeedsAHostAndAPlainId() {
        file.put("gatehouse.sites.other-shop.public-url", "https://shop.example:8443");

        assertThatExceptionOfType(InvalidConfigurationException.class)
                .isThrownBy(() -> ConfigurationReader.read(spring()))
                .satisfies(invalid -> assertThat(invalid.complaints())
                        .containsExactly(
                                "gatehouse.sites: each needs a public-url on a host of its own, which is not that of"
                                        + " the gateway itself",
                                "gatehouse.sites: ids must be 1 to 16 small letters and digits, such as shop"));
    }

    @Test
    void siteNeedsAPublicUrl() {
        file.remove("gatehouse.sites.shop.public-url");
        file.put("gatehouse.sites.shop.pages.name", "Shop");

        assertThatExceptionOfType(InvalidConfigurationException.class)
                .isThrownBy(() -> ConfigurationReader.read(spring()))
                .satisfies(invalid -> assertThat(invalid.complaints())
                        .containsExactly(
                                "gatehouse.sites.shop.public-url: is required, such as https://app.example.com"));
    }

    private GatehouseProperties shop() {
        StandardEnvironment spring = spring();
        return ConfigurationReader.readSites(spring, ConfigurationReader.read(spring))
                .get("shop");
    }

    private StandardEnvironment spring() {
        StandardEnvironment spring = new StandardEnvironment();
        spring.getPropertySources()
                .replace(
                        StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                        new SystemEnvironmentPropertySource(
                                StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, environment));
        spring.getPropertySources().addLast(new MapPropertySource("file", file));
        ConfigurationPropertySources.attach(spring);
        return spring;
    }
}
