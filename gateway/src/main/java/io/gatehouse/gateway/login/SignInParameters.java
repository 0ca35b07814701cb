package io.gatehouse.gateway.login;

import io.gatehouse.gateway.edge.BasePath;
import io.gatehouse.gateway.edge.EndpointPaths;
import io.gatehouse.gateway.edge.PublicUrl;
import io.gatehouse.gateway.edge.ReturnTo;
import io.gatehouse.gateway.edge.UiLocales;
import io.gatehouse.gateway.problem.GatewayException;
import io.gatehouse.gateway.problem.ProblemType;
import io.gatehouse.gateway.route.RouteTable;
import io.gatehouse.gateway.route.SignInRule;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.util.MultiValueMap;

/**
 * Decides what the IdP is asked for: what a link says, what the route says it leads to, what the configuration says. A
 * value that is not known is refused here, because Logto would drop it together with every other one, and without a
 * word.
 */
final class SignInParameters {

    private static final Set<String> FIRST_SCREENS = Set.of(
            "sign_in", "register", "reset_password", "identifier:sign_in", "identifier:register", "single_sign_on");

    private static final Set<String> PROMPTS = Set.of("login", "consent", "login consent");

    /** Whoever the IdP knows comes in at once, wherever a connector would ask for credentials. */
    private static final String SILENT = "consent";

    private static final Set<String> LEFT_BY_CHOICE = Set.of("prompt", "ui_locales", "organization", "step_up");

    /** Printable, and not longer than an e-mail address can be (RFC 5321). */
    private static final Predicate<String> LOGIN_HINT =
            Pattern.compile("[^\\p{Cntrl}\\s]{1,254}").asMatchPredicate();

    private static final Predicate<String> IDENTIFIER =
            Pattern.compile("[A-Za-z0-9_-]{1,64}").asMatchPredicate();

    private final Connectors connectors;
    private final LoginProperties login;
    private final RouteTable routes;
    private final PublicUrl publicUrl;
    private final BasePath basePath;
    private final EndpointPaths paths;

    SignInParameters(
            Connectors connectors,
            LoginProperties login,
            RouteTable routes,
            PublicUrl publicUrl,
            BasePath basePath,
            EndpointPaths paths) {
        this.connectors = connectors;
        this.login = login;
        this.routes = routes;
        this.publicUrl = publicUrl;
        this.basePath = basePath;
        this.paths = paths;
    }

    static boolean isFirstScreen(String value) {
        return FIRST_SCREENS.contains(value);
    }

    /**
     * Reads a link to the sign-in endpoint. Fails with {@link ProblemType#INVALID_REQUEST} on a value that is not
     * known.
     *
     * @param host the value of {@code Host}, which may decide the route; null if there is none
     */
    SignInRequest read(MultiValueMap<String, String> query, @Nullable String host) {
        ReturnTo target = target(single(query, "return_to").orElse("/"));
        SignInRule rule = rule(query, target, host);
        Map<String, String> parameters = new TreeMap<>();
        value(query, "first_screen", FIRST_SCREENS::contains).ifPresent(it -> parameters.put("first_screen", it));
        value(query, "ui_locales", UiLocales::areReadable).ifPresent(it -> parameters.put("ui_locales", it));
        Optional<String> hint = hint(query, parameters);
        String organization = value(query, "organization", IDENTIFIER).orElse(rule.organization());
        String prompt = value(query, "prompt", PROMPTS::contains).orElse("");
        String connector = value(
                        query, "connector", alias -> connectors.id(alias).isPresent())
                .or(() -> hint.flatMap(this::connectorOf))
                .orElseGet(() -> prompt.equals(SILENT) ? "" : usualConnector(rule));
        Demand demand = prompt.startsWith("login") ? Demand.of(rule).withCredentials() : Demand.of(rule);
        return request(target, demand, organization, parameters, connector);
    }

    /**
     * What of a link is still to be known after somebody was asked how to sign in: names and values. Empty if the link
     * leaves nothing to choose.
     */
    Map<String, String> undecided(MultiValueMap<String, String> query, SignInRequest request) {
        boolean straight = value(query, "choice", "false"::equals).isPresent()
                || SILENT.equals(query.getFirst("prompt"))
                || request.isStraight();
        if (straight) {
            return Map.of();
        }
        Map<String, String> left = new TreeMap<>(query.toSingleValueMap());
        left.keySet().retainAll(LEFT_BY_CHOICE);
        left.put("return_to", request.target().path());
        return left;
    }

    /** What is asked for when somebody who is not signed in, or not well enough, wants to see a page of a route. */
    SignInRequest to(ReturnTo target, SignInRule rule) {
        return request(target, Demand.of(rule), rule.organization(), new TreeMap<>(), usualConnector(rule));
    }

    /** The same where the route is not known yet. */
    SignInRequest to(ReturnTo target, ServerHttpRequest request) {
        String host = request.getHeaders().getFirst(HttpHeaders.HOST);
        return to(target, routes.signInTo(target.withoutQuery().path(), host));
    }

    /**
     * Reads a sign-in that a third party initiates (OpenID Connect Core 1.0, section 4).
     *
     * @param issuer ours
     * @param host the value of {@code Host}, which may decide the route; null if there is none
     */
    SignInRequest readInitiation(MultiValueMap<String, String> query, String issuer, @Nullable String host) {
        Optional<String> link = single(query, "target_link_uri");
        Optional<String> from = value(
                query,
                "iss",
                it -> it.equals(issuer) || login.connectorOfPortal(it).isPresent());
        if (from.isEmpty() && link.isPresent()) {
            throw refused("iss");
        }
        ReturnTo target = target(link.orElse("/"));
        SignInRule rule = routes.signInTo(target.withoutQuery().path(), host);
        Map<String, String> parameters = new TreeMap<>();
        Optional<String> hint = hint(query, parameters);
        String connector = value(
                        query, "ssoConnectorId", id -> connectors.alias(id).isPresent())
                .flatMap(connectors::alias)
                .or(() -> from.flatMap(login::connectorOfPortal))
                .or(() -> hint.flatMap(this::connectorOf))
                .orElseGet(() -> usualConnector(rule));
        return request(target, Demand.of(rule), rule.organization(), parameters, connector);
    }

    /** A live session at Logto would answer at once, as whoever it belongs to, and never get to the connector. */
    private SignInRequest request(
            ReturnTo target, Demand demand, String organization, Map<String, String> parameters, String connector) {
        Optional<String> id = connectors.id(connector);
        id.ifPresent(it -> parameters.put("direct_sign_in", "sso:" + it));
        boolean credentials = login.asksForCredentials() || id.isPresent();
        return new SignInRequest(target, credentials ? demand.withCredentials() : demand, organization, parameters);
    }

    private static Optional<String> hint(MultiValueMap<String, String> query, Map<String, String> parameters) {
        Optional<String> hint = value(query, "login_hint", LOGIN_HINT);
        hint.ifPresent(it -> parameters.put("login_hint", it));
        return hint;
    }

    private SignInRule rule(MultiValueMap<String, String> query, ReturnTo target, @Nullable String host) {
        return value(query, "step_up", id -> routes.signInOf(id).isPresent())
                .flatMap(routes::signInOf)
                .orElseGet(() -> routes.signInTo(target.withoutQuery().path(), host));
    }

    private String usualConnector(SignInRule rule) {
        return rule.connector().isEmpty() ? login.connector() : rule.connector();
    }

    /** The alias of the connector for the domain of an e-mail address. */
    private Optional<String> connectorOf(String hint) {
        String domain = hint.substring(hint.lastIndexOf('@') + 1).toLowerCase(Locale.ROOT);
        return hint.contains("@") ? Optional.ofNullable(login.domains().get(domain)) : Optional.empty();
    }

    /** Our own endpoints are no place to end up at: a sign-in that leads to the sign-in would never end. */
    private ReturnTo target(String requested) {
        ReturnTo target = ReturnTo.orHome(requested, publicUrl);
        boolean isPage = Set.of(paths.form(), paths.sessions())
                .contains(target.withoutQuery().path());
        return target.isBelow(basePath.value()) && !isPage ? ReturnTo.HOME : target;
    }

    private static Optional<String> value(MultiValueMap<String, String> query, String name, Predicate<String> isKnown) {
        Optional<String> value = single(query, name);
        if (value.isPresent() && !isKnown.test(value.get())) {
            throw refused(name);
        }
        return value;
    }

    private static Optional<String> single(MultiValueMap<String, String> query, String name) {
        List<String> values = query.getOrDefault(name, List.of());
        if (values.size() > 1) {
            throw refused(name);
        }
        return values.isEmpty() ? Optional.empty() : Optional.of(Objects.requireNonNullElse(values.getFirst(), ""));
    }

    private static GatewayException refused(String name) {
        return GatewayException.of(ProblemType.INVALID_REQUEST, "unknown or repeated value of " + name);
    }
}
