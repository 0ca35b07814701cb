package io.gatehouse.emulator.token;

import io.gatehouse.emulator.directory.Directory;
import io.gatehouse.emulator.directory.Organization;
import io.gatehouse.emulator.directory.SsoIdentity;
import io.gatehouse.emulator.directory.User;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Which claims a scope stands for, and what they say about a user. */
final class UserClaims {

    private static final Map<String, List<String>> CLAIMS_BY_SCOPE = Map.of(
            "profile",
            List.of(
                    "name",
                    "family_name",
                    "given_name",
                    "middle_name",
                    "nickname",
                    "preferred_username",
                    "profile",
                    "picture",
                    "website",
                    "gender",
                    "birthdate",
                    "zoneinfo",
                    "locale",
                    "updated_at",
                    "username",
                    "created_at"),
            "email",
            List.of("email", "email_verified"),
            "phone",
            List.of("phone_number", "phone_number_verified"),
            "address",
            List.of("address"),
            "custom_data",
            List.of("custom_data"),
            "identities",
            List.of("identities", "sso_identities"),
            "roles",
            List.of("roles"),
            "urn:logto:scope:organizations",
            List.of("organizations", "organization_data"),
            "urn:logto:scope:organization_roles",
            List.of("organization_roles"));

    private final Directory directory;

    /** In ID tokens only where the tenant says so; userinfo has them always. */
    private final Map<String, Function<User, Object>> extended = Map.of(
            "custom_data",
            user -> user.person().customData(),
            "identities",
            _ -> Map.of(),
            "sso_identities",
            UserClaims::identities,
            "roles",
            User::roles,
            "organizations",
            this::organizations,
            "organization_data",
            this::organizationData,
            "organization_roles",
            this::organizationRoles);

    UserClaims(Directory directory) {
        this.directory = directory;
    }

    /** {@code sub} and the claims for these scopes, as ID tokens carry them. */
    Map<String, @Nullable Object> forIdToken(User user, Collection<String> scopes) {
        Set<String> enabled = directory.signInExperience().extendedIdTokenClaims();
        return claims(user, scopes, claim -> !extended.containsKey(claim) || enabled.contains(claim));
    }

    /** {@code sub} and the claims for these scopes, as userinfo answers them. */
    Map<String, @Nullable Object> forUserInfo(User user, Collection<String> scopes) {
        return claims(user, scopes, _ -> true);
    }

    private Map<String, @Nullable Object> claims(User user, Collection<String> scopes, Predicate<String> wanted) {
        var claims = new LinkedHashMap<String, @Nullable Object>();
        claims.put("sub", user.id());
        scopes.stream()
                .flatMap(it -> CLAIMS_BY_SCOPE.getOrDefault(it, List.of()).stream())
                .filter(wanted)
                .forEach(it -> put(claims, user, it));
        return claims;
    }

    /** What is unset in the profile stays out; name, picture, username and addresses say {@code null}. */
    private void put(Map<String, @Nullable Object> claims, User user, String claim) {
        switch (claim) {
            case "name" -> claims.put(claim, user.person().name());
            case "picture" -> claims.put(claim, user.person().avatar());
            case "username" -> claims.put(claim, user.credentials().username());
            case "email" -> claims.put(claim, user.credentials().primaryEmail());
            case "email_verified" -> claims.put(claim, user.credentials().primaryEmail() != null);
            case "phone_number" -> claims.put(claim, user.credentials().primaryPhone());
            case "phone_number_verified" -> claims.put(claim, user.credentials().primaryPhone() != null);
            case "updated_at" -> claims.put(claim, user.timestamps().updatedAt().toEpochMilli());
            case "created_at" -> claims.put(claim, user.timestamps().createdAt().toEpochMilli());
            case "preferred_username" -> putPresent(claims, claim, preferredUsername(user));
            default -> putPresent(claims, claim, other(user, claim));
        }
    }

    private @Nullable Object other(User user, String claim) {
        Function<User, Object> told = extended.get(claim);
        return told == null ? user.person().profile().get(claim) : told.apply(user);
    }

    private static void putPresent(Map<String, @Nullable Object> claims, String claim, @Nullable Object value) {
        if (value != null) {
            claims.put(claim, value);
        }
    }

    private static @Nullable Object preferredUsername(User user) {
        Object chosen = user.person().profile().get("preferred_username");
        return chosen == null ? user.credentials().username() : chosen;
    }

    private static List<Map<String, Object>> identities(User user) {
        return user.ssoIdentities().stream().map(UserClaims::identity).toList();
    }

    private static Map<String, Object> identity(SsoIdentity identity) {
        var shown = new LinkedHashMap<String, Object>();
        shown.put("issuer", identity.issuer());
        shown.put("identityId", identity.identityId());
        shown.put("detail", identity.detail());
        return shown;
    }

    private List<String> organizations(User user) {
        return directory.organizationsOf(user).stream().map(Organization::id).toList();
    }

    private List<Map<String, String>> organizationData(User user) {
        return directory.organizationsOf(user).stream()
                .map(UserClaims::organization)
                .toList();
    }

    private static Map<String, String> organization(Organization organization) {
        var shown = new LinkedHashMap<String, String>();
        shown.put("id", organization.id());
        shown.put("name", organization.name());
        shown.put("description", organization.description());
        return shown;
    }

    private List<String> organizationRoles(User user) {
        return directory.organizationsOf(user).stream()
                .flatMap(it -> it.rolesOf(user.id()).stream().map(role -> it.id() + ":" + role))
                .collect(Collectors.toList());
    }
}
