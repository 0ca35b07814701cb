package io.gatehouse.bookstore;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/**
 * Refuses to start on a {@code BOOKSTORE_} variable that nobody reads. {@code ignoreUnknownFields} does so for files
 * and arguments only: the environment is shared, so the binder does not judge it.
 */
final class EnvironmentVariables {

    private static final String PREFIX = "BOOKSTORE_";

    /** What Kubernetes puts into every pod of a namespace that has a Service named {@code bookstore}. */
    private static final Pattern KUBERNETES = Pattern.compile(PREFIX + "(SERVICE_(HOST|PORT\\w*)|PORT(_\\w+)?)");

    /** The element of a list, such as {@code BOOKSTORE_ALGORITHMS_0}. */
    private static final Pattern INDEX = Pattern.compile("_\\d+$");

    private static final Set<String> KNOWN = Arrays.stream(BookstoreProperties.class.getRecordComponents())
            .map(RecordComponent::getName)
            .map(name -> name.toUpperCase(Locale.ROOT))
            .collect(Collectors.toUnmodifiableSet());

    private EnvironmentVariables() {}

    /** Fails on the first of the variables that looks like an option and is none. */
    static void refuseUnknown(Collection<String> variables) {
        variables.stream()
                .filter(variable -> variable.startsWith(PREFIX))
                .filter(Predicate.not(EnvironmentVariables::isKnown))
                .sorted()
                .findFirst()
                .ifPresent(EnvironmentVariables::refuse);
    }

    private static boolean isKnown(String variable) {
        String option = INDEX.matcher(variable.substring(PREFIX.length())).replaceFirst("");
        return KNOWN.contains(option.replace("_", ""))
                || KUBERNETES.matcher(variable).matches();
    }

    private static void refuse(String variable) {
        throw new InvalidConfigurationPropertyValueException(variable, null, "The Bookstore has no such option.");
    }
}
