package io.gatehouse.emulator.authorize;

import io.gatehouse.emulator.problem.OidcProblem;
import java.util.Map;
import java.util.Set;

/**
 * Something the user has to do, and what the application is told instead under {@code prompt=none}.
 *
 * @param missingOpenid user scopes not granted yet
 * @param missingResource API scopes not granted yet, by resource indicator
 */
record Demand(
        Prompt prompt,
        String error,
        String description,
        Set<String> missingOpenid,
        Map<String, Set<String>> missingResource) {

    static Demand login(String description) {
        return new Demand(Prompt.LOGIN, "login_required", description, Set.of(), Map.of());
    }

    OidcProblem problem() {
        return OidcProblem.of(400, error, description);
    }
}
