package io.gatehouse.gateway.login;

import io.gatehouse.gateway.edge.ReturnTo;
import java.util.Map;

/**
 * What is asked for when somebody is sent to the IdP.
 *
 * @param target where the person goes afterwards
 * @param reauthenticate whether credentials have to be given again, even if the IdP knows the person
 * @param parameters further parameters of the authorization request, each already checked: Logto drops all of them if
 *     it does not understand one
 */
record SignInRequest(ReturnTo target, boolean reauthenticate, Map<String, String> parameters) {

    SignInRequest {
        parameters = Map.copyOf(parameters);
    }

    static SignInRequest to(ReturnTo target) {
        return new SignInRequest(target, false, Map.of());
    }
}
