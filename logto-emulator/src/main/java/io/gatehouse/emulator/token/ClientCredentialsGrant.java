package io.gatehouse.emulator.token;

import io.gatehouse.emulator.directory.ApiResource;
import io.gatehouse.emulator.directory.Application;
import io.gatehouse.emulator.http.Parameters;
import io.gatehouse.emulator.problem.OidcProblem;
import io.gatehouse.emulator.session.Tenant;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@code client_credentials}: a JWT for the one resource asked for, an opaque token for none. */
final class ClientCredentialsGrant implements GrantHandler {

    private final Tenant tenant;
    private final AccessTokens accessTokens;

    ClientCredentialsGrant(Tenant tenant, AccessTokens accessTokens) {
        this.tenant = tenant;
        this.accessTokens = accessTokens;
    }

    @Override
    public TokenAnswer exchange(Application client, Parameters form) {
        List<String> resources = form.all("resource");
        if (resources.size() > 1) {
            throw OidcProblem.of(
                    400, "invalid_target", "only a single resource indicator value is supported for this grant type");
        }
        if (resources.isEmpty()) {
            return TokenAnswer.of(accessTokens.opaque(null, client.id(), Set.of()));
        }
        ApiResource resource =
                tenant.directory().resources().find(resources.getFirst()).orElseThrow(OidcProblem::invalidTarget);
        Set<String> granted = new LinkedHashSet<>(tenant.directory().scopesOf(client, resource.indicator()));
        granted.retainAll(Arrays.asList(form.first("scope").orElse("").split(" ", -1)));
        return TokenAnswer.of(
                accessTokens.forResource(client.id(), client.id(), resource.indicator(), granted, Map.of()));
    }
}
