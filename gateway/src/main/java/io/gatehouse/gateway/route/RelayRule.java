package io.gatehouse.gateway.route;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What a route's upstream is told about the user.
 *
 * @param token {@code none}, {@code access}: a JWT for the resource in {@code Authorization}, {@code id-token}: the ID
 *     token there, or {@code app}: a JWT for the resource that is the gateway's own and not a person's
 * @param resource the API resource the access token is for, as it is registered at the IdP; required with
 *     {@code access} and {@code app}, because a token for no resource opens the IdP's own interfaces and never leaves
 *     this gateway
 * @param scopes the resource's scopes to ask for, at sign-in or for the gateway itself; the IdP grants those the user
 *     has, or the gateway
 * @param organization where the organization comes from that the access token is for: {@code session} (the one the
 *     person has chosen at {@code /auth/organization}), <code>path:/orgs/{organization}/&#42;&#42;</code>, <code>
 *     host:{organization}.example.com</code>, {@code header:X-Organization} or {@code id:<id>}. Empty: from nowhere.
 *     Without {@code resource} the token is for the organization itself. Logto only
 * @param headers claims and the headers they are sent in: {@code claim=Header}, or {@code claim} alone for
 *     {@code X-Auth-Claim}
 * @param assertion whether a short-lived JWT signed by this gateway says who the user is, and for which request
 * @param assertionClaims claims it has besides {@code sub}
 */
public record RelayRule(
        @DefaultValue("none") RelayedToken token,
        @Nullable String resource,
        @DefaultValue Set<String> scopes,
        @Nullable OrganizationSource organization,
        @DefaultValue List<ClaimHeader> headers,
        @DefaultValue("false") boolean assertion,
        @DefaultValue Set<String> assertionClaims) {

    /** What Logto calls the resource of all organizations. */
    private static final String ORGANIZATIONS = "urn:logto:resource:organizations";

    private static final Set<RelayedToken> OF_A_RESOURCE = EnumSet.of(RelayedToken.ACCESS, RelayedToken.APP);

    private static final Set<String> PROTOCOL = Set.of("iss", "aud", "sub", "htm", "htu", "iat", "nbf", "exp", "jti");

    /** The API resource whose token is relayed. Empty if none is. */
    public Optional<String> relayedResource() {
        return token == RelayedToken.ACCESS ? Optional.ofNullable(resource) : Optional.empty();
    }

    /** What an authorization request has to name, so that the relayed access token can be had later. */
    Set<String> askedResources() {
        Set<String> asked = new TreeSet<>();
        if (token == RelayedToken.ACCESS && resource != null) {
            asked.add(resource);
        }
        if (token == RelayedToken.ACCESS && organization != null) {
            asked.add(ORGANIZATIONS);
        }
        return asked;
    }

    /** The API resource for which the gateway's own token is relayed. Empty if none is. */
    public Optional<String> ownResource() {
        return isOwnToken() ? Optional.ofNullable(resource) : Optional.empty();
    }

    /** Whether the gateway's own token is relayed, which no sign-in has to ask for. */
    public boolean isOwnToken() {
        return token == RelayedToken.APP;
    }

    /**
     * The header in which a request names its organization, and in which its upstream is told the id of it. Empty if it
     * is named elsewhere.
     */
    public Optional<String> organizationHeader() {
        return organization instanceof OrganizationSource.Header named ? Optional.of(named.header()) : Optional.empty();
    }

    /** The headers, besides {@code Authorization}, in which an upstream is told something about the person. */
    public Stream<String> headerNames() {
        return Stream.concat(headers.stream().map(ClaimHeader::header), organizationHeader().stream());
    }

    boolean hasDistinctHeaders() {
        List<String> names = headerNames().map(HeaderNames::canonical).toList();
        return Set.copyOf(names).size() == names.size();
    }

    /** Whether no claim of the user's takes the place of one by which an upstream knows what the assertion is for. */
    boolean keepsAssertionItsOwn() {
        return assertionClaims.stream().noneMatch(PROTOCOL::contains);
    }

    boolean isComplete() {
        boolean isOfAnOrganization = token == RelayedToken.ACCESS && organization != null;
        return !OF_A_RESOURCE.contains(token) || isOfAnOrganization || (resource != null && !resource.isBlank());
    }

    /** Whether the upstream is told what the IdP says about the person. */
    public boolean namesPerson() {
        return assertion || !headers.isEmpty();
    }

    boolean needsPerson() {
        return namesPerson() || token == RelayedToken.ACCESS || token == RelayedToken.ID_TOKEN;
    }

    boolean isOrganizationUsed() {
        return organization == null || token == RelayedToken.ACCESS;
    }
}
