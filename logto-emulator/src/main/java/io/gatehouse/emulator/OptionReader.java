package io.gatehouse.emulator;

import io.gatehouse.emulator.directory.Redirects;
import io.gatehouse.emulator.directory.Secret;
import io.gatehouse.emulator.directory.TokenPolicy;
import io.gatehouse.emulator.session.Durations;
import io.gatehouse.emulator.session.Lifetime;
import io.gatehouse.emulator.session.Lifetimes;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads options and collects what is wrong with them. */
final class OptionReader {

    private static final List<String> GATEWAYS = List.of("http://localhost:8080", "http://localhost:8081");

    private final Map<String, String> arguments = new LinkedHashMap<>();
    private final Map<String, String> environment;
    private final List<String> complaints = new ArrayList<>();
    private final TreeSet<String> known = new TreeSet<>();

    OptionReader(List<String> arguments, Map<String, String> environment) {
        this.environment = environment;
        for (String argument : arguments) {
            int equals = argument.indexOf('=');
            if (!argument.startsWith("--") || equals < 0) {
                // The value may be a secret that lost its name: it is not repeated.
                complaints.add("arguments have the form --name=value");
            } else {
                this.arguments.put(argument.substring(2, equals), argument.substring(equals + 1));
            }
        }
    }

    EmulatorOptions read(String generatedSecret) {
        var options = new EmulatorOptions(
                host(),
                number("port", 3001, 65535),
                number("okta-port", 9170, 65535),
                text("endpoint").map(OptionReader::withoutTrailingSlash).orElse(null),
                text("app-id").orElse("bookstore-gateway"),
                new Secret(text("app-secret").orElse(generatedSecret)),
                redirects(),
                new TokenPolicy(
                        flag("always-issue-refresh-token", false), flag("rotate-refresh-token", true), null, null),
                text("unknown-session-redirect-url").orElse(null),
                text("initiate-login-uri").orElse(GATEWAYS.getFirst() + "/auth/initiate"),
                flag("ssrf-protection", false),
                lifetimes(),
                number("rotation-threshold", Lifetimes.USUAL_ROTATION_THRESHOLD, 100),
                duration("keep-alive", Duration.ofSeconds(5)));
        complain();
        return options;
    }

    private Redirects redirects() {
        return new Redirects(
                list("redirect-uris", gateways("/auth/callback")),
                list("post-sign-out-uris", gateways("/", "/auth/signed-out")),
                text("backchannel-logout-uri", GATEWAYS.getFirst() + "/auth/backchannel-logout"),
                true);
    }

    private static List<String> gateways(String... paths) {
        return GATEWAYS.stream()
                .flatMap(it -> Arrays.stream(paths).map(path -> it + path))
                .toList();
    }

    private Map<Lifetime, Duration> lifetimes() {
        var lifetimes = new EnumMap<Lifetime, Duration>(Lifetime.class);
        for (Lifetime lifetime : Lifetime.values()) {
            if (value(lifetime.label()).isPresent()) {
                lifetimes.put(lifetime, duration(lifetime.label(), Duration.ZERO));
            }
        }
        return lifetimes;
    }

    /** Secrets and accounts of a demo are no secrets: the emulator must not be reachable from elsewhere. */
    private String host() {
        String host = text("host").orElse("127.0.0.1");
        try {
            if (!InetAddress.getByName(host).isLoopbackAddress()) {
                complaints.add("--host=" + host + " is not a loopback address; the emulator listens on loopback only");
            }
        } catch (UnknownHostException _) {
            complaints.add("--host=" + host + " is unknown");
        }
        return host;
    }

    private Optional<String> text(String name) {
        return value(name).filter(it -> !it.isEmpty());
    }

    /** The default where the option is not given, null where it is given empty. */
    private @Nullable String text(String name, String absent) {
        return value(name).isEmpty() ? absent : text(name).orElse(null);
    }

    private List<String> list(String name, List<String> absent) {
        return value(name)
                .map(it -> Stream.of(it.split(",", -1)).map(String::strip).toList())
                .orElse(absent);
    }

    private boolean flag(String name, boolean absent) {
        String text = text(name).orElse(Boolean.toString(absent));
        if (!text.equals("true") && !text.equals("false")) {
            complaints.add("--" + name + " must be true or false");
        }
        return text.equals("true");
    }

    private int number(String name, int absent, int highest) {
        String text = text(name).orElse(Integer.toString(absent));
        if (text.matches("\\d{1,6}") && Integer.parseInt(text) <= highest) {
            return Integer.parseInt(text);
        }
        complaints.add("--" + name + " must be a number from 0 to " + highest);
        return absent;
    }

    private Duration duration(String name, Duration absent) {
        Optional<String> text = text(name);
        Optional<Duration> duration = text.flatMap(Durations::parse);
        if (text.isPresent() && duration.isEmpty()) {
            complaints.add("--" + name + " must be a duration such as 500ms, 5s, 14d or PT5S");
        }
        return duration.orElse(absent);
    }

    private Optional<String> value(String name) {
        known.add(name);
        String variable = "EMULATOR_" + name.toUpperCase(Locale.ROOT).replace('-', '_');
        return Optional.ofNullable(arguments.getOrDefault(name, environment.get(variable)));
    }

    /** Once every option was read, so that all complaints come at once. */
    private void complain() {
        arguments.keySet().stream()
                .filter(it -> !known.contains(it))
                .forEach(
                        it -> complaints.add("unknown option --" + it + "; there are --" + String.join(", --", known)));
        if (!complaints.isEmpty()) {
            throw new InvalidOptionsException(String.join("\n", complaints));
        }
    }

    private static String withoutTrailingSlash(String url) {
        return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }
}
