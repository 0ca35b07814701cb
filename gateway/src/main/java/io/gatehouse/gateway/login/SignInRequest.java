package io.gatehouse.gateway.login;

import io.gatehouse.gateway.edge.ReturnTo;
import java.util.Map;

/**
 * What is asked for when somebody is sent to the IdP.
 *
 * @param target where the person goes afterwards
 * @param demand what the ID token has to prove
 * @param organization id of the organization they act for afterwards, if they belong to it; empty: none
 * @param parameters further parameters of the authorization request, each already checked: Logto drops all of them if
 *     it does not understand one
 */
record SignInRequest(ReturnTo target, Demand demand, String organization, Map<String, String> parameters) {

    SignInRequest {
        parameters = Map.copyOf(parameters);
    }

    /** The same, with credentials. */
    SignInRequest withCredentials() {
        return new SignInRequest(target, demand.withCredentials(), organization, parameters);
    }
}
