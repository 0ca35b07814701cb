package io.gatehouse.gateway.login;

import io.gatehouse.gateway.edge.UiLocales;
import jakarta.validation.constraints.AssertTrue;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How people sign in. What a link to the sign-in endpoint asks for comes before what is said here, and what a route
 * says comes in between.
 *
 * @param scopes scopes to ask for besides those this gateway and its routes need, such as {@code phone} or
 *     {@code identities}
 * @param resources API resources to ask for besides those of the routes, so that a route added later finds them granted
 * @param connector alias of the enterprise connector everybody is led to; empty: people choose at Logto
 * @param domains e-mail domain to alias of the connector, such as {@code acme.com: okta}, for sign-ins whose
 *     {@code login_hint} is an address of that domain
 * @param portals where else sign-ins may be started, such as at a tile in Okta's portal, and the connector it leads to
 * @param choice whether people who are not signed in first see a page of this gateway with its connectors and a field
 *     for their e-mail address
 * @param prompt {@code login}: everybody has to give credentials at every sign-in, even if the IdP knows them. Empty:
 *     whoever is signed in there comes in at once
 * @param firstScreen the screen Logto shows first, such as {@code register}. Empty: its sign-in page
 * @param uiLocales languages for Logto's pages in order of preference, separated by spaces, such as {@code zh-CN en}.
 *     Empty: those of the browser
 * @param parameters further parameters of the authorization request, for providers that know some of their own
 * @param flowLifetime how long a person may take at the IdP; Logto's own limit is one hour
 */
public record LoginProperties(
        @DefaultValue Set<String> scopes,
        @DefaultValue Set<String> resources,
        @DefaultValue("") String connector,
        @DefaultValue Map<String, String> domains,
        @DefaultValue List<PortalProperties> portals,
        @DefaultValue("false") boolean choice,
        @DefaultValue("") String prompt,
        @DefaultValue("") String firstScreen,
        @DefaultValue("") String uiLocales,
        @DefaultValue Map<String, String> parameters,
        @DefaultValue("60m") Duration flowLifetime) {

    private static final Duration LONGEST_FLOW = Duration.ofHours(24);

    /** What this gateway sets itself, or has a key of its own for, or cannot answer. */
    private static final Set<String> RESERVED = Set.of(
            "client_id",
            "redirect_uri",
            "response_type",
            "response_mode",
            "scope",
            "state",
            "nonce",
            "code_challenge",
            "code_challenge_method",
            "resource",
            "prompt",
            "max_age",
            "acr_values",
            "id_token_hint",
            "login_hint",
            "first_screen",
            "ui_locales",
            "direct_sign_in",
            "organization_id",
            "request",
            "request_uri");

    @AssertTrue(message = "flow-lifetime must be positive and at most 24h")
    boolean isFlowLifetimeReasonable() {
        return flowLifetime.isPositive() && flowLifetime.compareTo(LONGEST_FLOW) <= 0;
    }

    @AssertTrue(message = "prompt must be login, or empty")
    boolean isPromptKnown() {
        return prompt.isEmpty() || prompt.equals("login");
    }

    @AssertTrue(
            message = "first-screen must be sign_in, register, reset_password, identifier:sign_in,"
                    + " identifier:register or single_sign_on")
    boolean isFirstScreenKnown() {
        return firstScreen.isEmpty() || SignInParameters.isFirstScreen(firstScreen);
    }

    @AssertTrue(message = "ui-locales must be language tags separated by spaces, such as: zh-CN en")
    boolean isUiLocalesReadable() {
        return uiLocales.isEmpty() || UiLocales.areReadable(uiLocales);
    }

    @AssertTrue(message = "domains must be e-mail domains in lower case, such as acme.com; in YAML: \"[acme.com]\"")
    boolean isDomainsReadable() {
        return domains.keySet().stream().allMatch(domain -> domain.matches("[a-z0-9-]+(\\.[a-z0-9-]+)+"));
    }

    @AssertTrue(
            message = "portals need an issuer, such as https://acme.okta.com, each a different one, and a connector")
    boolean isPortalsComplete() {
        long issuers = portals.stream().map(PortalProperties::issuer).distinct().count();
        return issuers == portals.size() && portals.stream().allMatch(PortalProperties::isComplete);
    }

    @AssertTrue(message = "parameters cannot name what this gateway sets itself or has a key of its own for")
    boolean isParametersOfOthers() {
        return parameters.keySet().stream().noneMatch(RESERVED::contains);
    }

    /** The aliases of connectors that are used here. */
    public Stream<String> connectors() {
        Stream<String> ofPortals = portals.stream().map(PortalProperties::connector);
        return Stream.of(Stream.of(connector), domains.values().stream(), ofPortals)
                .flatMap(Function.identity())
                .filter(alias -> !alias.isEmpty());
    }

    /** The alias of the connector that a portal leads to. Empty if it may not start a sign-in. */
    Optional<String> connectorOfPortal(String issuer) {
        return portals.stream()
                .filter(portal -> portal.issuer().equals(issuer))
                .map(PortalProperties::connector)
                .findFirst();
    }

    /** The parameters of an authorization request that asks for nothing more. */
    Map<String, String> defaults() {
        Map<String, String> defaults = new TreeMap<>(parameters);
        if (!firstScreen.isEmpty()) {
            defaults.put("first_screen", firstScreen);
        }
        if (!uiLocales.isEmpty()) {
            defaults.put("ui_locales", uiLocales);
        }
        return defaults;
    }

    /** Whether everybody has to give credentials. */
    boolean asksForCredentials() {
        return prompt.equals("login");
    }
}
