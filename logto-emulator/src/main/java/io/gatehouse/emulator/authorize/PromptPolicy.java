package io.gatehouse.emulator.authorize;

import io.gatehouse.emulator.directory.Directory;
import io.gatehouse.emulator.directory.User;
import io.gatehouse.emulator.session.BrowserSession;
import io.gatehouse.emulator.session.Grant;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Decides whether the user has to sign in, or to consent, before an authorization request can be answered. */
final class PromptPolicy {

    private final Directory directory;
    private final Clock clock;

    PromptPolicy(Directory directory, Clock clock) {
        this.directory = directory;
        this.clock = clock;
    }

    /** Empty if the session as it is will do. */
    Optional<Demand> login(AuthorizationRequest request, BrowserSession session, InteractionResult done) {
        if (request.prompts().contains("login") && !done.resolves("login")) {
            return Optional.of(Demand.login("login prompt was not resolved"));
        }
        if (session.accountId() == null) {
            return Optional.of(Demand.login("End-User authentication is required"));
        }
        if (request.maxAge() != null
                && session.isOlderThan(request.maxAge(), clock.instant())
                && !done.resolves("login")) {
            return Optional.of(Demand.login("End-User authentication could not be obtained"));
        }
        if (request.hintedSubject() != null && !session.belongsTo(request.hintedSubject())) {
            return Optional.of(Demand.login("id_token_hint and authenticated subject do not match"));
        }
        return Optional.empty();
    }

    /** Empty if everything asked for that the user has is granted already. */
    Optional<Demand> consent(AuthorizationRequest request, User user, Grant grant, InteractionResult done) {
        Set<String> missingOpenid = without(UserScopes.among(request.scopes()), grant.openidScopes());
        Map<String, Set<String>> missingResource = missingResource(request, user, grant);
        boolean asked = request.prompts().contains("consent") && !done.resolves("consent");
        if (!asked && missingOpenid.isEmpty() && missingResource.isEmpty()) {
            return Optional.empty();
        }
        String description = asked ? "consent prompt was not resolved" : "requested scopes not granted";
        return Optional.of(new Demand(Prompt.CONSENT, "consent_required", description, missingOpenid, missingResource));
    }

    private Map<String, Set<String>> missingResource(AuthorizationRequest request, User user, Grant grant) {
        var missing = new LinkedHashMap<String, Set<String>>();
        for (String indicator : request.resources()) {
            Set<String> available = directory.scopesOf(user, indicator);
            Set<String> asked = new LinkedHashSet<>(request.scopes());
            asked.retainAll(available);
            Set<String> lacking = without(asked, grant.resource(indicator, asked));
            if (!lacking.isEmpty()) {
                missing.put(indicator, lacking);
            }
        }
        return missing;
    }

    private static Set<String> without(Set<String> all, Set<String> some) {
        var rest = new LinkedHashSet<>(all);
        rest.removeAll(some);
        return rest;
    }
}
