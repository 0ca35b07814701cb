package io.gatehouse.emulator.client;

import io.gatehouse.emulator.directory.Application;
import io.gatehouse.emulator.http.Parameters;
import io.gatehouse.emulator.problem.OidcProblem;
import java.util.List;

/** Parameters that a request cannot do without. */
public final class RequiredParameters {

    private RequiredParameters() {}

    /**
     * Insists on a parameter, whatever its value.
     *
     * @throws OidcProblem naming the parameter if it was not sent
     */
    public static void insist(Parameters sent, String name) {
        if (!sent.has(name)) {
            throw missing(name);
        }
    }

    /**
     * The value sent.
     *
     * @throws OidcProblem naming the parameter if there is none
     */
    public static String in(Parameters sent, String name) {
        return sent.first(name).orElseThrow(() -> missing(name));
    }

    /** {@code redirect_uri}, which may be left out by an application that has registered only one. */
    public static String redirectUri(Parameters sent, Application client) {
        List<String> registered = client.redirects().redirectUris();
        return sent.has("redirect_uri") || registered.size() != 1 ? in(sent, "redirect_uri") : registered.getFirst();
    }

    private static OidcProblem missing(String name) {
        return OidcProblem.invalidRequest("missing required parameter '" + name + "'");
    }
}
