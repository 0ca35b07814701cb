package io.gatehouse.gateway;

import io.gatehouse.gateway.edge.AmbiguousTarget;
import io.gatehouse.gateway.policy.AccessRule;
import io.gatehouse.gateway.policy.Facts;
import io.gatehouse.gateway.policy.Policy;
import io.gatehouse.gateway.problem.ProblemType;
import io.gatehouse.gateway.route.Access;
import io.gatehouse.gateway.route.RouteProperties;
import io.gatehouse.gateway.route.RouteTable;
import java.io.PrintStream;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * Says what the gateway would do with a request, and why: the route, its rules, what each condition comes to, and the
 * verdict. Reads the same configuration as the gateway, and judges by the same code; connects to nothing.
 */
final class Explain {

    static final String COMMAND = "explain";

    private static final int ALLOWED = 0;
    private static final int REFUSED = 1;
    private static final int UNUSABLE = 2;

    private final GatehouseProperties properties;
    private final ExplainArguments asked;
    private final PrintStream out;
    private final Clock clock = new GatehouseConfiguration().clock();

    private Explain(GatehouseProperties properties, ExplainArguments asked, PrintStream out) {
        this.properties = properties;
        this.asked = asked;
        this.out = out;
    }

    /** Nothing of the gateway itself is started. */
    @Configuration(proxyBeanMethods = false)
    static class Nothing {}

    /**
     * Explains one request.
     *
     * @return 0 if it would pass, 1 if it would not, 2 if the question or the configuration cannot be read
     */
    static int run(List<String> words, PrintStream out) {
        try {
            ExplainArguments asked = ExplainArguments.read(words);
            return new Explain(configuration(asked), asked, out).explain();
        } catch (InvalidConfigurationException invalid) {
            invalid.complaints().forEach(out::println);
        } catch (IllegalArgumentException unusable) {
            out.println(unusable.getMessage());
        }
        return UNUSABLE;
    }

    private static GatehouseProperties configuration(ExplainArguments asked) {
        SpringApplication application = new SpringApplicationBuilder(Nothing.class)
                .web(WebApplicationType.NONE)
                .logStartupInfo(false)
                .properties("logging.level.root=warn")
                .build();
        try (ConfigurableApplicationContext context =
                application.run(asked.others().toArray(String[]::new))) {
            return configuration(context.getEnvironment(), asked.target().getAuthority());
        }
    }

    /** That of the site whose host it is, or of the gateway itself. */
    private static GatehouseProperties configuration(ConfigurableEnvironment environment, String host) {
        GatehouseProperties main = ConfigurationReader.read(environment);
        return ConfigurationReader.readSites(environment, main).values().stream()
                .filter(site -> site.publicUrl().isHost(host))
                .findFirst()
                .orElse(main);
    }

    private int explain() {
        String path =
                asked.target().getRawPath().isEmpty() ? "/" : asked.target().getRawPath();
        row("request", asked.method() + " " + asked.target());
        if (AmbiguousTarget.isPath(path)) {
            return refused(ProblemType.AMBIGUOUS_PATH, "");
        }
        if (properties.basePath().covers(path)) {
            row("route", "none: it is the gateway's own");
            return allowed("by the gateway itself");
        }
        Optional<RouteProperties> route = new RouteTable(properties.effectiveRoutes())
                .find(asked.method(), path, asked.target().getAuthority());
        return route.map(this::explain).orElseGet(() -> refused(ProblemType.NOT_FOUND, ""));
    }

    private int explain(RouteProperties route) {
        row("route", route.id() + " (" + String.join(", ", route.path()) + " to " + upstream(route) + ")");
        boolean isSignedIn = asked.claims() != null && route.access() != Access.PUBLIC;
        row("access", route.access().name().toLowerCase(Locale.ROOT));
        row("person", isSignedIn ? String.valueOf(facts(route).claims().get("sub")) : "nobody");
        if (route.access() == Access.AUTHENTICATED && !isSignedIn) {
            return refused(ProblemType.SIGN_IN_REQUIRED, "");
        }
        Facts facts = facts(route);
        if (isSignedIn && !route.signIn().isMetBy(facts.claims(), facts.now())) {
            return refused(ProblemType.STEP_UP_REQUIRED, "sign-in");
        }
        return explain(route, facts);
    }

    private int explain(RouteProperties route, Facts facts) {
        Policy policy = route.policy();
        policy.rulesFor(asked.method()).forEach(rule -> row("rule", describe(route, rule, facts)));
        return policy.refusing(asked.method(), facts)
                .map(rule -> refused(
                        rule.asksForSignInOnly(facts) ? ProblemType.STEP_UP_REQUIRED : ProblemType.ACCESS_DENIED,
                        name(route, rule)))
                .orElseGet(() -> allowed("to " + upstream(route)));
    }

    private static String describe(RouteProperties route, AccessRule rule, Facts facts) {
        String verdict = rule.isMetBy(facts) ? "met" : "not met";
        String shadow = rule.shadow() ? ", only tried" : "";
        String findings = rule.findings(facts).stream()
                .map(finding ->
                        "%n            %-8s %s".formatted(finding.isMet() ? "met" : "not met", finding.condition()))
                .collect(Collectors.joining());
        return name(route, rule) + ": " + verdict + shadow + findings;
    }

    private static String upstream(RouteProperties route) {
        return route.isElsewhere()
                ? "another proxy"
                : route.upstream().stream().map(URI::toString).collect(Collectors.joining(" or "));
    }

    private static String name(RouteProperties route, AccessRule rule) {
        return route.id() + "." + route.policy().name(rule);
    }

    private Facts facts(RouteProperties route) {
        Map<String, Object> claims =
                asked.claims() == null || route.access() == Access.PUBLIC ? Map.of() : asked.claims();
        Set<String> scopes = asked.tokenClaims().get("scope") instanceof String words
                ? Set.of(words.strip().split("\\s+"))
                : Set.of();
        return new Facts(
                claims, asked.tokenClaims(), scopes, properties.organizations(), asked.address(), clock.instant());
    }

    private int allowed(String how) {
        row("verdict", "passes, " + how);
        return ALLOWED;
    }

    private int refused(ProblemType type, String reason) {
        String named = reason.isEmpty() ? "" : " by " + reason;
        row("verdict", "refused with " + type.status().value() + " " + type.slug() + named);
        return REFUSED;
    }

    private void row(String name, String value) {
        out.printf("%-10s%s%n", name, value);
    }
}
