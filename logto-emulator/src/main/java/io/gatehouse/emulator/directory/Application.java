package io.gatehouse.emulator.directory;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An OAuth client.
 *
 * @param secrets by name; each of them works
 * @param isThirdParty whether the user is asked for consent
 * @param roles of a machine-to-machine application
 * @param allowedUsers ids of the users who may use it; null for everyone
 */
public record Application(
        String id,
        String name,
        String description,
        ApplicationType type,
        Map<String, Secret> secrets,
        Redirects redirects,
        TokenPolicy tokenPolicy,
        boolean isThirdParty,
        Set<String> roles,
        @Nullable Set<String> allowedUsers) {

    public boolean accepts(String secret) {
        return secrets.values().stream().anyMatch(it -> it.matches(secret));
    }

    public boolean admits(String userId) {
        return allowedUsers == null || allowedUsers.contains(userId);
    }

    public Application withSecret(String secretName, Secret secret) {
        var more = new LinkedHashMap<>(secrets);
        more.put(secretName, secret);
        return withSecrets(more);
    }

    public Application withoutSecret(String secretName) {
        var fewer = new LinkedHashMap<>(secrets);
        fewer.remove(secretName);
        return withSecrets(fewer);
    }

    private Application withSecrets(Map<String, Secret> changed) {
        return new Application(
                id, name, description, type, changed, redirects, tokenPolicy, isThirdParty, roles, allowedUsers);
    }

    public Application withRedirects(Redirects changed) {
        return new Application(
                id, name, description, type, secrets, changed, tokenPolicy, isThirdParty, roles, allowedUsers);
    }

    public Application withTokenPolicy(TokenPolicy changed) {
        return new Application(
                id, name, description, type, secrets, redirects, changed, isThirdParty, roles, allowedUsers);
    }

    public Application withAudience(boolean thirdParty, @Nullable Set<String> allowed) {
        return new Application(
                id, name, description, type, secrets, redirects, tokenPolicy, thirdParty, roles, allowed);
    }
}
