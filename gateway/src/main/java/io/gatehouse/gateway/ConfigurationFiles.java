package io.gatehouse.gateway;

import java.util.List;
import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.env.ConfigTreePropertySource;
import org.springframework.boot.env.OriginTrackedMapPropertySource;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;

/** Reads the files of the configuration again, found and ordered as Spring Boot did at the start. */
final class ConfigurationFiles {

    private static final String ATTACHED = "configurationProperties";

    /** What is no file and so stays as it is: arguments, the environment of the process, defaults. */
    private final List<PropertySource<?>> others;

    /** @param startedWith as it is before the gateway adds anything to it */
    ConfigurationFiles(ConfigurableEnvironment startedWith) {
        this.others = startedWith.getPropertySources().stream()
                .filter(source -> !isFile(source) && !source.getName().equals(ATTACHED))
                .<PropertySource<?>>map(source -> source)
                .toList();
    }

    private static boolean isFile(PropertySource<?> source) {
        return source instanceof OriginTrackedMapPropertySource || source instanceof ConfigTreePropertySource;
    }

    /**
     * The environment as it would be if the gateway started now.
     *
     * @throws RuntimeException if a file is missing or cannot be read
     */
    ConfigurableEnvironment read() {
        StandardEnvironment environment = new StandardEnvironment();
        MutablePropertySources sources = environment.getPropertySources();
        sources.remove(StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME);
        sources.remove(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME);
        others.forEach(sources::addLast);
        ConfigurationPropertySources.attach(environment);
        ConfigDataEnvironmentPostProcessor.applyTo(environment);
        return environment;
    }
}
