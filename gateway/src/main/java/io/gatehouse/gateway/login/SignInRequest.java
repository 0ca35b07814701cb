package io.gatehouse.gateway.login;

import io.gatehouse.gateway.edge.ReturnTo;
import java.util.Map;
import java.util.Set;

/**
 * What is asked for when somebody is sent to the IdP.
 *
 * @param target where the person goes afterwards
 * @param demand what the ID token has to prove
 * @param organization id of the organization they act for afterwards, if they belong to it; empty: none
 * @param parameters further parameters of the authorization request, besides those of the configuration and before
 *     them; each already checked: Logto drops all of them if it does not understand one
 */
record SignInRequest(ReturnTo target, Demand demand, String organization, Map<String, String> parameters) {

    private static final Set<String> DECIDING = Set.of("direct_sign_in", "login_hint", "first_screen");

    SignInRequest {
        parameters = Map.copyOf(parameters);
    }

    /** Whether it is clear which page of the IdP comes first. */
    boolean isStraight() {
        return DECIDING.stream().anyMatch(parameters::containsKey);
    }

    /** The same, with credentials. */
    SignInRequest withCredentials() {
        return new SignInRequest(target, demand.withCredentials(), organization, parameters);
    }
}
