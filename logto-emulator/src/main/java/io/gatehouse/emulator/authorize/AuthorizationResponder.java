package io.gatehouse.emulator.authorize;

import io.gatehouse.emulator.directory.Application;
import io.gatehouse.emulator.http.Parameters;
import io.gatehouse.emulator.http.Response;
import io.gatehouse.emulator.page.FormPost;
import io.gatehouse.emulator.problem.OidcProblem;
import io.gatehouse.emulator.problem.ProblemBody;
import io.gatehouse.emulator.wire.Edit;
import io.gatehouse.emulator.wire.Effect;
import io.gatehouse.emulator.wire.Endpoint;
import io.gatehouse.emulator.wire.Faults;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Sends the browser back to the application, success or not, with what a fault makes of the parameters. */
final class AuthorizationResponder {

    private final String issuer;
    private final Faults faults;

    AuthorizationResponder(String issuer, Faults faults) {
        this.issuer = issuer;
        this.faults = faults;
    }

    /** The response to a valid request; {@code state} and {@code iss} (RFC 9207) are added. */
    Response respond(AuthorizationRequest asked, Map<String, String> parameters) {
        return send(asked.redirectUri(), asked.responseMode(), complete(parameters, asked.parameters()));
    }

    /**
     * The refusal of an invalid one: to the application if it and its redirect URI are known good, else a page of JSON.
     *
     * @param client null if the request names none that is known
     */
    Response refuse(Parameters sent, @Nullable Application client, OidcProblem problem) {
        Optional<String> redirectUri = sent.first("redirect_uri");
        if (client == null || redirectUri.isEmpty()) {
            return page(sent, problem);
        }
        if (!client.redirects().allowsRedirectTo(redirectUri.get())) {
            return page(sent, OidcProblem.invalidRedirectUri());
        }
        var mode = ResponseMode.of(sent);
        return send(redirectUri.get(), mode, complete(problem.parameters(), sent));
    }

    /** The refusal that stays with the browser. */
    Response page(Parameters sent, OidcProblem problem) {
        return Response.json(problem.status(), ProblemBody.of(complete(problem.parameters(), sent)));
    }

    private Map<String, String> complete(Map<String, String> parameters, Parameters sent) {
        var complete = new LinkedHashMap<>(parameters);
        sent.first("state").ifPresent(it -> complete.put("state", it));
        complete.put("iss", issuer);
        return complete;
    }

    private Response send(String redirectUri, ResponseMode mode, Map<String, String> parameters) {
        List<Map.Entry<String, String>> sent = edited(parameters);
        return switch (mode) {
            case QUERY -> Response.redirect(303, redirectUri + (redirectUri.contains("?") ? "&" : "?") + encode(sent));
            case FRAGMENT -> Response.redirect(303, redirectUri + "#" + encode(sent));
            case FORM_POST ->
                Response.html(parameters.containsKey("error") ? 400 : 200, FormPost.page(redirectUri, sent));
        };
    }

    private List<Map.Entry<String, String>> edited(Map<String, String> parameters) {
        List<Map.Entry<String, String>> sent = new ArrayList<>(parameters.entrySet());
        faults.take(Endpoint.AUTHORIZE, "", Effect.ResponseParameter.class)
                .forEach(it -> edit(sent, it.name(), it.edit()));
        return sent;
    }

    private static void edit(List<Map.Entry<String, String>> sent, String name, Edit edit) {
        switch (edit) {
            case Edit.Remove _ -> sent.removeIf(it -> it.getKey().equals(name));
            case Edit.Replace replace -> {
                sent.removeIf(it -> it.getKey().equals(name));
                sent.add(entry(name, replace.value()));
            }
            case Edit.Duplicate duplicate -> sent.add(entry(name, duplicate.value()));
            case Edit.Shift _ -> throw new IllegalArgumentException("a parameter is text and cannot be shifted");
        }
    }

    private static Map.Entry<String, String> entry(String name, JsonNode value) {
        return Map.entry(name, value.asString());
    }

    private static String encode(List<Map.Entry<String, String>> parameters) {
        return parameters.stream()
                .map(it -> Parameters.encode(it.getKey()) + "=" + Parameters.encode(it.getValue()))
                .collect(Collectors.joining("&"));
    }
}
