package io.gatehouse.gateway;

import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;

/**
 * What a source says of one site, as if it said it of the gateway itself: {@code gatehouse.sites.shop.pages.name} is
 * {@code gatehouse.pages.name} here.
 *
 * @param site such as {@code gatehouse.sites.shop}
 */
record SiteSource(
        IterableConfigurationPropertySource source, ConfigurationPropertyName prefix, ConfigurationPropertyName site)
        implements IterableConfigurationPropertySource {

    @Override
    public Stream<ConfigurationPropertyName> stream() {
        return source.stream().filter(site::isAncestorOf).map(name -> moved(name, site, prefix));
    }

    @Override
    public @Nullable ConfigurationProperty getConfigurationProperty(ConfigurationPropertyName name) {
        if (!prefix.isAncestorOf(name)) {
            return null;
        }
        ConfigurationProperty said = source.getConfigurationProperty(moved(name, prefix, site));
        return said == null ? null : new ConfigurationProperty(name, said.getValue(), said.getOrigin());
    }

    /** By its text, because {@code subName} fails for some names that {@code append} has made. */
    private static ConfigurationPropertyName moved(
            ConfigurationPropertyName name, ConfigurationPropertyName from, ConfigurationPropertyName to) {
        return ConfigurationPropertyName.of(
                to + name.toString().substring(from.toString().length()));
    }

    @Override
    public @Nullable Object getUnderlyingSource() {
        return source.getUnderlyingSource();
    }
}
