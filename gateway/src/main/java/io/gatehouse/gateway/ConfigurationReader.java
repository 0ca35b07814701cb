package io.gatehouse.gateway;

import jakarta.validation.ConstraintViolation;
import jakarta.validation.Validation;
import jakarta.validation.ValidatorFactory;
import jakarta.validation.constraints.AssertTrue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.AbstractBindHandler;
import org.springframework.boot.context.properties.bind.BindContext;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.PropertySourcesPlaceholdersResolver;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.boot.origin.Origin;
import org.springframework.boot.origin.PropertySourceOrigin;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * Reads the whole configuration at once, from every source, and complains about everything that is wrong with it: keys
 * that do not exist, values that cannot be read, rules that are not met. An operator should not have to start five
 * times to find five mistakes.
 */
final class ConfigurationReader {

    private static final ConfigurationPropertyName PREFIX = ConfigurationPropertyName.of(GatehouseProperties.PREFIX);
    private static final KnownKeys KEYS = new KnownKeys(GatehouseProperties.class);

    private static final Pattern NUMBER = Pattern.compile("\\s*[+-]?\\d+\\s*");
    private static final Pattern KEY = Pattern.compile("[a-z.-]+: ");
    private static final Pattern POSITION = Pattern.compile(" - \\d+:\\d+\\)$");
    private static final Pattern NATIVE = Pattern.compile("spring[._]cloud[._]gateway", Pattern.CASE_INSENSITIVE);
    private static final String FORWARDED_HEADERS = "server.forward-headers-strategy";

    private final ConfigurableEnvironment environment;
    private final List<ConfigurationPropertySource> sources = new ArrayList<>();
    private final List<String> complaints = new ArrayList<>();

    private ConfigurationReader(ConfigurableEnvironment environment) {
        this.environment = environment;
    }

    /** @throws InvalidConfigurationException with all complaints */
    static GatehouseProperties read(ConfigurableEnvironment environment) {
        return new ConfigurationReader(environment).read();
    }

    /**
     * The configuration of each site, by its id in their order: what is said of it, and of the gateway itself.
     *
     * @param main the configuration of the gateway itself, which has been read before
     * @throws InvalidConfigurationException with all complaints
     */
    static Map<String, GatehouseProperties> readSites(ConfigurableEnvironment environment, GatehouseProperties main) {
        ConfigurationReader reader = new ConfigurationReader(environment);
        reader.sources.addAll(reader.sources());
        Map<String, GatehouseProperties> sites = reader.readSites(main);
        reader.throwComplaints();
        return sites;
    }

    private GatehouseProperties read() {
        complainAboutForwardedHeaders();
        complainAboutExpressions();
        sources.addAll(sources());
        sources.forEach(this::complainAboutUnknownKeys);
        GatehouseProperties properties = readProperties();
        readSites(properties);
        throwComplaints();
        return properties;
    }

    private GatehouseProperties readProperties() {
        GatehouseProperties properties = new Binder(
                        sources, new PropertySourcesPlaceholdersResolver(environment), conversions(), null)
                .bindOrCreate(GatehouseProperties.PREFIX, Bindable.of(GatehouseProperties.class), new Complaining());
        validate(properties);
        return properties;
    }

    private Map<String, GatehouseProperties> readSites(GatehouseProperties main) {
        Map<String, GatehouseProperties> sites = new LinkedHashMap<>();
        main.sites().keySet().stream().filter(SiteSources::isId).forEach(id -> sites.put(id, readSite(id, main)));
        return sites;
    }

    private GatehouseProperties readSite(String id, GatehouseProperties main) {
        ConfigurationReader reader = new ConfigurationReader(environment);
        reader.sources.addAll(SiteSources.of(sources, id, main.redis().namespace() + "-" + id));
        GatehouseProperties site = reader.readProperties();
        complainAboutSite(reader.complaints, SiteSources.prefix(id).toString());
        return site;
    }

    /** What a site only has from the gateway itself has been named already. */
    private void complainAboutSite(List<String> ofSite, String site) {
        ofSite.stream()
                .filter(complaint -> complaints.stream().noneMatch(known -> sameKey(known, complaint)))
                .map(complaint -> site + complaint.substring(GatehouseProperties.PREFIX.length()))
                .forEach(complaints::add);
    }

    private void throwComplaints() {
        if (!complaints.isEmpty()) {
            throw new InvalidConfigurationException(
                    complaints.stream().distinct().toList());
        }
    }

    /** Without a value Spring Boot decides by itself, and on Kubernetes it believes these headers. */
    private void complainAboutForwardedHeaders() {
        String strategy =
                Binder.get(environment).bind(FORWARDED_HEADERS, String.class).orElse("");
        if (!strategy.equalsIgnoreCase("none")) {
            complaints.add(FORWARDED_HEADERS + ": must be none, because X-Forwarded-* would be believed from anybody;"
                    + " this gateway takes its own address from gatehouse.public-url");
        }
    }

    /** Spring would evaluate them, and they can do anything that Java can (CVE-2022-22947). */
    private void complainAboutExpressions() {
        environment.getPropertySources().stream()
                .filter(EnumerablePropertySource.class::isInstance)
                .map(source -> (EnumerablePropertySource<?>) source)
                .forEach(this::complainAboutExpressions);
    }

    private void complainAboutExpressions(EnumerablePropertySource<?> source) {
        Stream.of(source.getPropertyNames())
                .filter(name -> NATIVE.matcher(name).lookingAt())
                .filter(name -> String.valueOf(source.getProperty(name)).contains("#{"))
                .forEach(name -> complaints.add(name + " (" + source.getName()
                        + "): has an expression #{...}, which is not evaluated in routes;"
                        + " write the value itself"));
    }

    private List<ConfigurationPropertySource> sources() {
        return StreamSupport.stream(environment.getPropertySources().spliterator(), false)
                .map(this::readable)
                .map(ConfigurationPropertySource::from)
                .filter(Objects::nonNull)
                .toList();
    }

    private PropertySource<?> readable(PropertySource<?> source) {
        return readable(source, complaints);
    }

    /** The environment of the process with what is in the files that some of its variables name; others as they are. */
    static PropertySource<?> readable(PropertySource<?> source, List<String> complaints) {
        return source instanceof SystemEnvironmentPropertySource variables
                ? new EnvironmentVariables(variables.getSource(), KEYS, complaints).asPropertySource()
                : source;
    }

    private void complainAboutUnknownKeys(ConfigurationPropertySource source) {
        if (source instanceof IterableConfigurationPropertySource listable) {
            listable.stream()
                    .filter(name -> PREFIX.equals(name) || PREFIX.isAncestorOf(name))
                    .filter(Predicate.not(name -> KEYS.contains(name, PREFIX.getNumberOfElements())))
                    .forEach(name -> complainAboutUnknownKey(name, source.getConfigurationProperty(name)));
        }
    }

    /** A group without value is what a file has whose keys are all commented out. */
    private void complainAboutUnknownKey(ConfigurationPropertyName name, @Nullable ConfigurationProperty property) {
        Optional<String> example = KEYS.exampleWithin(name, PREFIX.getNumberOfElements());
        boolean blank = property == null || property.getValue().toString().isBlank();
        if (example.isEmpty() || !blank) {
            complaints.add(name + origin(property) + ": "
                    + example.map(UnreadableValue::describeGroup)
                            .orElseGet(() -> UnreadableValue.unknown(nearest(name))));
        }
    }

    private static Optional<String> nearest(ConfigurationPropertyName name) {
        String below = name.toString().substring(GatehouseProperties.PREFIX.length() + 1);
        return KEYS.nearest(below).map(key -> GatehouseProperties.PREFIX + "." + key);
    }

    /** Where a value comes from: file and line, or the kind of source. */
    private static String origin(@Nullable ConfigurationProperty property) {
        Origin origin = property == null ? null : property.getOrigin();
        if (origin == null) {
            return "";
        }
        return " (" + (origin instanceof PropertySourceOrigin source ? place(source) : origin.toString()) + ")";
    }

    private static String place(PropertySourceOrigin origin) {
        Origin within = origin.getOrigin();
        return within == null ? origin.getPropertySource().getName() : within.toString();
    }

    /** Where in a file a rule is broken: at the first value of what it is about. */
    private String withOrigin(String complaint) {
        String key = key(complaint);
        ConfigurationPropertyName name = ConfigurationPropertyName.adapt(key, '.');
        String place = sources.stream()
                .filter(IterableConfigurationPropertySource.class::isInstance)
                .flatMap(source -> ((IterableConfigurationPropertySource) source)
                        .stream()
                                .filter(it -> it.equals(name) || name.isAncestorOf(it))
                                .map(source::getConfigurationProperty))
                .map(ConfigurationReader::origin)
                .filter(origin -> POSITION.matcher(origin).find())
                .findFirst()
                .orElse("");
        return name.equals(PREFIX) ? complaint : key + place + complaint.substring(key.length());
    }

    private void validate(GatehouseProperties properties) {
        try (ValidatorFactory factory = Validation.buildDefaultValidatorFactory()) {
            factory.getValidator().validate(properties).stream()
                    .map(ConfigurationReader::describe)
                    // What could not be read has been named already, and must not be called missing as well.
                    .filter(complaint -> complaints.stream().noneMatch(known -> sameKey(known, complaint)))
                    .sorted()
                    .map(this::withOrigin)
                    .forEach(complaints::add);
        }
    }

    /** A rule about one key among others begins with it: {@code upstream: must be http}. */
    private static String describe(ConstraintViolation<GatehouseProperties> violation) {
        boolean rule = violation.getConstraintDescriptor().getAnnotation() instanceof AssertTrue;
        List<String> path = Stream.of(violation.getPropertyPath().toString().split("\\.", -1))
                .map(KnownKeys::kebab)
                .toList();
        List<String> key = rule ? path.subList(0, path.size() - 1) : path;
        String message = violation.getMessage();
        boolean namesKey = rule && KEY.matcher(message).lookingAt();
        return Stream.concat(Stream.of(GatehouseProperties.PREFIX), key.stream())
                        .collect(Collectors.joining("."))
                + (namesKey ? "." : ": ")
                + message;
    }

    private static boolean sameKey(String one, String other) {
        return key(one).equals(key(other));
    }

    private static String key(String complaint) {
        return complaint.split("[ :]", 2)[0];
    }

    private static ApplicationConversionService conversions() {
        ApplicationConversionService conversions = new ApplicationConversionService();
        conversions.addConverter(String.class, Duration.class, ConfigurationReader::duration);
        // What YAML has taken for a number already.
        conversions.addConverter(Number.class, Duration.class, number -> duration(number.toString()));
        return conversions;
    }

    /** A number alone would be milliseconds, which nobody means who writes 30. */
    private static Duration duration(String text) {
        if (NUMBER.matcher(text).matches()) {
            throw new IllegalArgumentException("no unit");
        }
        return DurationStyle.detectAndParse(text);
    }

    /** Notes a value that cannot be read and goes on with the next one. */
    private final class Complaining extends AbstractBindHandler {

        @Override
        public @Nullable Object onFailure(
                ConfigurationPropertyName name, Bindable<?> target, BindContext context, Exception error) {
            boolean group =
                    KEYS.exampleWithin(name, PREFIX.getNumberOfElements()).isPresent();
            boolean isUnbound = error instanceof UnboundConfigurationPropertiesException;
            if (isUnbound ? !isElementNamed(name) : !group) {
                Class<?> type = target.getType().toClass();
                complaints.add(name + origin(context.getConfigurationProperty()) + ": "
                        + UnreadableValue.describe(type, isSecret(name), error));
            }
            return null;
        }

        /** A list of which one element cannot be read is left with a gap. */
        private boolean isElementNamed(ConfigurationPropertyName list) {
            return complaints.stream().anyMatch(complaint -> complaint.startsWith(list + "["));
        }

        private static boolean isSecret(ConfigurationPropertyName name) {
            return PREFIX.isAncestorOf(name)
                    && GatehouseProperties.isSecret(name.toString().substring(GatehouseProperties.PREFIX.length() + 1));
        }
    }
}
