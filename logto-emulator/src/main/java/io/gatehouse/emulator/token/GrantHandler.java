package io.gatehouse.emulator.token;

import io.gatehouse.emulator.directory.Application;
import io.gatehouse.emulator.http.Parameters;

/** One {@code grant_type} of the token endpoint. */
interface GrantHandler {

    /**
     * Makes tokens of what was sent.
     *
     * @throws io.gatehouse.emulator.problem.OidcProblem if the grant is refused
     */
    TokenAnswer exchange(Application client, Parameters form);
}
