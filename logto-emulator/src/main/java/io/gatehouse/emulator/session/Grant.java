package io.gatehouse.emulator.session;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a user has granted to an application, once for all its tokens.
 *
 * @param openidScopes scopes about the user
 * @param resourceScopes API scopes by resource indicator
 */
public record Grant(
        String id,
        String accountId,
        String clientId,
        Set<String> openidScopes,
        Map<String, Set<String>> resourceScopes,
        Instant expiresAt) {

    /** The user scopes among {@code asked} that are granted, in the order they were granted. */
    public Set<String> openid(Set<String> asked) {
        return common(openidScopes, asked);
    }

    /** The resource's scopes among {@code asked} that are granted. */
    public Set<String> resource(String indicator, Set<String> asked) {
        return common(resourceScopes.getOrDefault(indicator, Set.of()), asked);
    }

    /** All scopes among {@code asked} that are granted, for the user and the resources. */
    public Set<String> combined(Set<String> asked, List<String> resources) {
        var scopes = new LinkedHashSet<>(openid(asked));
        resources.forEach(it -> scopes.addAll(resource(it, asked)));
        return scopes;
    }

    public Grant with(Set<String> moreOpenid, Map<String, Set<String>> moreResource) {
        var resources = new LinkedHashMap<>(resourceScopes);
        moreResource.forEach((indicator, scopes) -> resources.merge(indicator, scopes, Grant::union));
        return new Grant(id, accountId, clientId, union(openidScopes, moreOpenid), resources, expiresAt);
    }

    private static Set<String> union(Set<String> some, Set<String> more) {
        var all = new LinkedHashSet<>(some);
        all.addAll(more);
        return all;
    }

    private static Set<String> common(Set<String> granted, Set<String> asked) {
        return granted.stream().filter(asked::contains).collect(Collectors.toCollection(LinkedHashSet::new));
    }
}
