package io.gatehouse.gateway.login;

import io.gatehouse.gateway.edge.BasePath;
import io.gatehouse.gateway.edge.PublicUrl;
import io.gatehouse.gateway.edge.ReturnTo;
import io.gatehouse.gateway.problem.GatewayException;
import io.gatehouse.gateway.problem.ProblemType;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.springframework.util.MultiValueMap;

/**
 * Reads what a link to the sign-in endpoint may ask for. A value that is not known is refused here, because Logto would
 * drop it together with every other one, and without a word.
 */
final class SignInParameters {

    private static final Set<String> FIRST_SCREENS = Set.of(
            "sign_in", "register", "reset_password", "identifier:sign_in", "identifier:register", "single_sign_on");

    private static final Set<String> PROMPTS = Set.of("login", "consent", "login consent");

    /** Printable, and not longer than an e-mail address can be (RFC 5321). */
    private static final Predicate<String> LOGIN_HINT =
            Pattern.compile("[^\\p{Cntrl}\\s]{1,254}").asMatchPredicate();

    /** Language tags (RFC 5646) in order of preference, separated by spaces. */
    private static final Predicate<String> UI_LOCALES = Pattern.compile(
                    "[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*( [A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*){0,9}")
            .asMatchPredicate();

    private static final Predicate<String> IDENTIFIER =
            Pattern.compile("[A-Za-z0-9_-]{1,64}").asMatchPredicate();

    private final Connectors connectors;
    private final PublicUrl publicUrl;
    private final BasePath basePath;

    SignInParameters(Connectors connectors, PublicUrl publicUrl, BasePath basePath) {
        this.connectors = connectors;
        this.publicUrl = publicUrl;
        this.basePath = basePath;
    }

    /** Fails with {@link ProblemType#INVALID_REQUEST} on a value that is not known. */
    SignInRequest read(MultiValueMap<String, String> query) {
        Map<String, String> parameters = new TreeMap<>();
        value(query, "first_screen", FIRST_SCREENS::contains).ifPresent(it -> parameters.put("first_screen", it));
        value(query, "login_hint", LOGIN_HINT).ifPresent(it -> parameters.put("login_hint", it));
        value(query, "ui_locales", UI_LOCALES).ifPresent(it -> parameters.put("ui_locales", it));
        value(query, "organization", IDENTIFIER).ifPresent(it -> parameters.put("organization_id", it));
        Optional<String> connector =
                value(query, "connector", alias -> connectors.id(alias).isPresent());
        connector.flatMap(connectors::id).ifPresent(id -> parameters.put("direct_sign_in", "sso:" + id));
        boolean login = value(query, "prompt", PROMPTS::contains)
                .filter(it -> it.startsWith("login"))
                .isPresent();
        // A live session at Logto would answer at once, as whoever it belongs to, and never get to the connector.
        return new SignInRequest(
                target(single(query, "return_to").orElse("/")), login || connector.isPresent(), parameters);
    }

    /** Reads a sign-in that a third party initiates (OpenID Connect Core 1.0, section 4). */
    SignInRequest readInitiation(MultiValueMap<String, String> query, String issuer) {
        Optional<String> target = single(query, "target_link_uri");
        Optional<String> from = value(query, "iss", issuer::equals);
        if (from.isEmpty() && target.isPresent()) {
            throw refused("iss");
        }
        Map<String, String> parameters = new TreeMap<>();
        value(query, "login_hint", LOGIN_HINT).ifPresent(it -> parameters.put("login_hint", it));
        Optional<String> connector = value(query, "ssoConnectorId", connectors::isKnownId);
        connector.ifPresent(id -> parameters.put("direct_sign_in", "sso:" + id));
        return new SignInRequest(target(target.orElse("/")), connector.isPresent(), parameters);
    }

    /** Our own endpoints are no place to end up at: a sign-in that leads to the sign-in would never end. */
    private ReturnTo target(String requested) {
        ReturnTo target = ReturnTo.orHome(requested, publicUrl);
        return target.isBelow(basePath.value()) ? ReturnTo.HOME : target;
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
