package io.gatehouse.gateway;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.core.env.MapPropertySource;

/** The sources of a site's configuration: what they say of it, and then what they say of the gateway itself. */
final class SiteSources {

    private static final ConfigurationPropertyName PREFIX = ConfigurationPropertyName.of(GatehouseProperties.PREFIX);

    /** What a site never has from the gateway itself. */
    private static final Set<ConfigurationPropertyName> OWN = Set.of(
            PREFIX.append("public-url"), PREFIX.append("upstream"), PREFIX.append("routes"), PREFIX.append("sites"));

    private static final Pattern ID = Pattern.compile("[a-z0-9]{1,16}");

    private SiteSources() {}

    static boolean isId(String text) {
        return ID.matcher(text).matches();
    }

    /** The name of a site's keys, such as {@code gatehouse.sites.shop}. */
    static ConfigurationPropertyName prefix(String id) {
        return PREFIX.append("sites").append(id);
    }

    /**
     * In the order in which they are asked.
     *
     * @param namespace of the site in Redis
     */
    static List<ConfigurationPropertySource> of(
            List<ConfigurationPropertySource> sources, String id, String namespace) {
        ConfigurationPropertyName site = prefix(id);
        Stream<ConfigurationPropertySource> ofTheSite = sources.stream()
                .filter(IterableConfigurationPropertySource.class::isInstance)
                .map(source -> new SiteSource((IterableConfigurationPropertySource) source, PREFIX, site));
        Stream<ConfigurationPropertySource> ofAll = sources.stream().map(source -> source.filter(name -> !isOwn(name)));
        return Stream.of(Stream.of(fixed(namespace)), ofTheSite, ofAll)
                .flatMap(each -> each)
                .toList();
    }

    private static ConfigurationPropertySource fixed(String namespace) {
        Map<String, Object> values = Map.of(GatehouseProperties.PREFIX + ".redis.namespace", namespace);
        return Objects.requireNonNull(ConfigurationPropertySource.from(new MapPropertySource("site", values)));
    }

    private static boolean isOwn(ConfigurationPropertyName name) {
        return OWN.stream().anyMatch(own -> own.equals(name) || own.isAncestorOf(name));
    }
}
