package io.gatehouse.emulator.authorize;

import io.gatehouse.emulator.client.ClientAuthentication;
import io.gatehouse.emulator.directory.Application;
import io.gatehouse.emulator.http.Handler;
import io.gatehouse.emulator.http.Parameters;
import io.gatehouse.emulator.http.Reply;
import io.gatehouse.emulator.http.Request;
import io.gatehouse.emulator.http.Response;
import io.gatehouse.emulator.problem.OidcProblem;
import io.gatehouse.emulator.session.Lifetime;
import io.gatehouse.emulator.session.Lifetimes;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** {@code /oidc/request}: takes an authorization request ahead of the browser (RFC 9126). */
public final class PushedRequestEndpoint implements Handler {

    private static final Set<String> CREDENTIALS = Set.of("client_secret", "client_assertion");

    private final ClientAuthentication clients;
    private final AuthorizationEndpoint endpoint;
    private final Lifetimes lifetimes;

    public PushedRequestEndpoint(ClientAuthentication clients, AuthorizationEndpoint endpoint, Lifetimes lifetimes) {
        this.clients = clients;
        this.endpoint = endpoint;
        this.lifetimes = lifetimes;
    }

    @Override
    public Reply handle(Request request) {
        Parameters form = request.form();
        Application client = clients.authenticate(request, form);
        Parameters sent = withoutCredentials(form).with("client_id", List.of(client.id()));
        if (sent.has("request_uri")) {
            throw OidcProblem.of(400, "request_uri_not_supported", null);
        }
        var body = new LinkedHashMap<String, Object>();
        body.put("expires_in", lifetimes.of(Lifetime.PUSHED_REQUEST_LIFETIME).toSeconds());
        body.put("request_uri", push(client, sent));
        return Response.json(201, body).with("cache-control", "no-store");
    }

    /** Here a bad redirect URI is an error like any other: no browser is involved yet. */
    private String push(Application client, Parameters sent) {
        try {
            return endpoint.push(client.id(), sent);
        } catch (OidcProblem problem) {
            if (problem.error().equals("invalid_redirect_uri")) {
                throw OidcProblem.invalidRequest(
                        problem.parameters().getOrDefault("error_description", problem.error()));
            }
            throw problem;
        }
    }

    private static Parameters withoutCredentials(Parameters form) {
        var names = new LinkedHashSet<>(form.names());
        names.removeAll(CREDENTIALS);
        return form.only(names);
    }
}
