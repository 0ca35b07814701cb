package io.gatehouse.gateway.policy;

import io.gatehouse.gateway.network.Network;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.boot.convert.DurationStyle;

/**
 * One thing that can be asked of a request. Written {@code kind:value}, such as {@code role:admin}. What is missing, of
 * another type, or cannot be judged, is not met.
 */
public sealed interface Condition {

    /** A role at the IdP, by its name. */
    record Role(String name) implements Condition {

        @Override
        public boolean isMetBy(Facts facts) {
            return facts.lists("roles", name);
        }

        @Override
        public Optional<String> scope() {
            return Optional.of("roles");
        }

        @Override
        public String toString() {
            return "role:" + name;
        }
    }

    /** A permission of the access token that the upstream gets. */
    record Scope(String name) implements Condition {

        @Override
        public boolean isMetBy(Facts facts) {
            return facts.scopes().contains(name);
        }

        @Override
        public boolean isOfToken() {
            return true;
        }

        @Override
        public String toString() {
            return "scope:" + name;
        }
    }

    /** Membership in an organization, by its id or alias. */
    record Organization(String name) implements Condition {

        @Override
        public boolean isMetBy(Facts facts) {
            return facts.lists("organizations", facts.organizationId(name));
        }

        @Override
        public Optional<String> scope() {
            return Optional.of("urn:logto:scope:organizations");
        }

        @Override
        public String toString() {
            return "organization:" + name;
        }
    }

    /** A role within an organization. */
    record OrganizationRole(String organization, String role) implements Condition {

        @Override
        public boolean isMetBy(Facts facts) {
            return facts.lists("organization_roles", facts.organizationId(organization) + ":" + role);
        }

        @Override
        public Optional<String> scope() {
            return Optional.of("urn:logto:scope:organization_roles");
        }

        @Override
        public String toString() {
            return "organization-role:" + organization + ":" + role;
        }
    }

    /** A claim of the ID token. */
    record Claim(ClaimTest test) implements Condition {

        @Override
        public boolean isMetBy(Facts facts) {
            return test.passes(facts.claims());
        }

        @Override
        public String toString() {
            return "claim:" + test;
        }
    }

    /** A claim of the access token that the upstream gets, such as one of Logto's token customizer. */
    record TokenClaim(ClaimTest test) implements Condition {

        @Override
        public boolean isMetBy(Facts facts) {
            return test.passes(facts.tokenClaims());
        }

        @Override
        public boolean isOfToken() {
            return true;
        }

        @Override
        public String toString() {
            return "token-claim:" + test;
        }
    }

    /** An e-mail address of this domain, of which the IdP says that it is the person's. */
    record EmailDomain(String domain) implements Condition {

        private static final Pattern ADDRESS = Pattern.compile("[^@\\s\\p{Cntrl}]+@([^@\\s\\p{Cntrl}]+)");

        @Override
        public boolean isMetBy(Facts facts) {
            return Boolean.TRUE.equals(facts.claims().get("email_verified"))
                    && facts.claims().get("email") instanceof String email
                    && isOfDomain(ADDRESS.matcher(email));
        }

        private boolean isOfDomain(Matcher address) {
            return address.matches()
                    && address.group(1).toLowerCase(Locale.ROOT).equals(domain);
        }

        @Override
        public Optional<String> scope() {
            return Optional.of("email");
        }

        @Override
        public String toString() {
            return "email-domain:" + domain;
        }
    }

    /**
     * An account that is linked to an identity at this enterprise IdP. That it signed in with this identity now, it
     * does not say.
     */
    record SsoIdentity(String issuer) implements Condition {

        @Override
        public boolean isMetBy(Facts facts) {
            return Facts.elements(facts.claims().get("sso_identities")).stream().anyMatch(this::isOfIssuer);
        }

        private boolean isOfIssuer(Object identity) {
            return identity instanceof Map<?, ?> linked && issuer.equals(linked.get("issuer"));
        }

        @Override
        public Optional<String> scope() {
            return Optional.of("identities");
        }

        @Override
        public String toString() {
            return "has-sso-identity:" + issuer;
        }
    }

    /** Credentials that were given no longer ago than this. */
    record SignedInWithin(Duration time) implements Condition {

        /** Clocks of the IdP and of this gateway may differ by so much. */
        private static final Duration CLOCK_SKEW = Duration.ofSeconds(60);

        @Override
        public boolean isMetBy(Facts facts) {
            return facts.claims().get("auth_time") instanceof Number seconds
                    && !facts.now()
                            .isAfter(Instant.ofEpochSecond(seconds.longValue())
                                    .plus(time)
                                    .plus(CLOCK_SKEW));
        }

        @Override
        public String toString() {
            return "signed-in-within:" + DurationStyle.SIMPLE.print(time, ChronoUnit.SECONDS);
        }
    }

    /** A request from one of these addresses. */
    record FromNetwork(Network network) implements Condition {

        @Override
        public boolean isMetBy(Facts facts) {
            return network.contains(facts.address());
        }

        @Override
        public boolean isOfPerson() {
            return false;
        }

        @Override
        public String toString() {
            return "network:" + network;
        }
    }

    /** Whether it holds. */
    boolean isMetBy(Facts facts);

    /** The scope a sign-in has to ask for, so that Logto says what this looks at. Empty if there is none. */
    default Optional<String> scope() {
        return Optional.empty();
    }

    /** Whether it asks about the access token that the upstream gets. */
    default boolean isOfToken() {
        return false;
    }

    /** Whether it asks about a person or a client at all. */
    default boolean isOfPerson() {
        return true;
    }

    /** Reads the written form. */
    static Condition of(String text) {
        int colon = text.indexOf(':');
        String kind = colon < 0 ? text : text.substring(0, colon);
        String value = colon < 0 ? "" : text.substring(colon + 1).strip();
        if (value.isEmpty()) {
            throw malformed();
        }
        return switch (kind.strip()) {
            case "role" -> new Role(value);
            case "scope" -> new Scope(value);
            case "organization" -> new Organization(value);
            case "organization-role" -> organizationRole(value);
            case "claim" -> new Claim(ClaimTest.of(value));
            case "token-claim" -> new TokenClaim(ClaimTest.of(value));
            case "email-domain" -> new EmailDomain(domain(value));
            case "has-sso-identity" -> new SsoIdentity(value);
            case "signed-in-within" -> new SignedInWithin(time(value));
            case "network" -> new FromNetwork(Network.of(value));
            default -> throw malformed();
        };
    }

    private static OrganizationRole organizationRole(String value) {
        String[] parts = value.split(":", 2);
        if (parts.length < 2 || parts[0].isBlank() || parts[1].isBlank()) {
            throw new IllegalArgumentException("must be organization-role:<organization>:<role>");
        }
        return new OrganizationRole(parts[0].strip(), parts[1].strip());
    }

    private static String domain(String value) {
        if (!value.matches("[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)+")) {
            throw new IllegalArgumentException("must be email-domain:<domain>, such as email-domain:example.com");
        }
        return value.toLowerCase(Locale.ROOT);
    }

    private static Duration time(String value) {
        Predicate<String> hasUnit = Pattern.compile("\\d+(ms|s|m|h|d)").asMatchPredicate();
        if (!hasUnit.test(value)) {
            throw new IllegalArgumentException("must be signed-in-within:<duration>, such as signed-in-within:15m");
        }
        return Objects.requireNonNull(DurationStyle.SIMPLE.parse(value));
    }

    private static IllegalArgumentException malformed() {
        return new IllegalArgumentException("is no condition; there are role:<name>, scope:<name>,"
                + " organization:<id or alias>, organization-role:<organization>:<role>,"
                + " claim:<name> equals|contains|matches <value>, token-claim:<the same>, email-domain:<domain>,"
                + " has-sso-identity:<issuer>, signed-in-within:<duration> and network:<address or CIDR>");
    }
}
