package io.gatehouse.gateway;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.PropertySource;

/**
 * The variables {@code GATEHOUSE_*} as configuration keys. Spring reads the ones it is looking for and never misses the
 * others; here a misspelt one is a complaint. A secret may also come from a file, named by the variable with
 * {@code _FILE} at its end.
 */
final class EnvironmentVariables {

    private static final String PREFIX = "GATEHOUSE_";
    private static final String FILE = "_FILE";

    /**
     * What Kubernetes puts into every pod of a namespace that has a service named "gatehouse", or "gatehouse-" and
     * more.
     */
    private static final Pattern SERVICE = Pattern.compile(
            "GATEHOUSE_(.+_)?(SERVICE_(HOST|PORT(_.+)?)|PORT_\\d+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?)");

    /** The same for the one variable whose name may just as well be a key's: there the value decides. */
    private static final Pattern SERVICE_LINK = Pattern.compile("GATEHOUSE_(.+_)?PORT=(tcp|udp|sctp)://.*");

    private final KnownKeys keys;
    private final Map<String, Object> values = new TreeMap<>();
    private final List<String> complaints;

    EnvironmentVariables(Map<?, ?> environment, KnownKeys keys, List<String> complaints) {
        this.keys = keys;
        this.complaints = complaints;
        environment.forEach((name, value) -> {
            String variable = name.toString();
            if (variable.startsWith(PREFIX) && !isOfKubernetes(variable, value.toString())) {
                read(variable, value.toString());
            }
        });
    }

    PropertySource<?> asPropertySource() {
        return new MapPropertySource("environment", values);
    }

    private static boolean isOfKubernetes(String variable, String value) {
        return SERVICE.matcher(variable).matches()
                || SERVICE_LINK.matcher(variable + "=" + value).matches();
    }

    private void read(String variable, String value) {
        List<String> words = words(variable);
        Optional<String> key = keys.fromWords(words);
        Optional<String> example = keys.exampleWithin(words);
        if (key.isPresent()) {
            put(key.get(), value);
        } else if (example.isPresent()) {
            refuseGroup(variable, value, example.get());
        } else if (variable.endsWith(FILE)) {
            readFile(variable, Path.of(value));
        } else {
            complaints.add(variable + " (environment): " + UnreadableValue.unknown(nearest(words)));
        }
    }

    private Optional<String> nearest(List<String> words) {
        return keys.nearestVariable(String.join("_", words)).map(PREFIX::concat);
    }

    private void refuseGroup(String variable, String value, String example) {
        if (!value.isBlank()) {
            complaints.add(variable + " (environment): "
                    + UnreadableValue.describeGroup(GatehouseProperties.PREFIX + "." + example));
        }
    }

    private void readFile(String variable, Path file) {
        String secret = variable.substring(0, variable.length() - FILE.length());
        Optional<String> key = keys.fromWords(words(secret)).filter(GatehouseProperties::isSecret);
        if (key.isEmpty()) {
            complaints.add(variable + " (environment): there is no such setting; these can come from a file: "
                    + GatehouseProperties.SECRETS);
            return;
        }
        try {
            put(key.get(), Files.readString(file).strip());
        } catch (IOException failure) {
            complaints.add(variable + " (environment): cannot read " + file);
        }
    }

    private void put(String key, String value) {
        if (values.putIfAbsent(GatehouseProperties.PREFIX + "." + key, value) != null) {
            complaints.add(GatehouseProperties.PREFIX + "." + key + ": is set twice in the environment");
        }
    }

    private static List<String> words(String variable) {
        return List.of(variable.substring(PREFIX.length()).split("_", -1));
    }
}
