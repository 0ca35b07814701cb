package io.gatehouse.emulator;

import io.gatehouse.emulator.http.Parameters;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** An authorization request in the making. */
record AuthorizationUrl(String endpoint, Map<String, List<String>> parameters) {

    AuthorizationUrl with(String name, String... values) {
        var changed = new LinkedHashMap<>(parameters);
        changed.put(name, List.of(values));
        return new AuthorizationUrl(endpoint, changed);
    }

    AuthorizationUrl without(String name) {
        var changed = new LinkedHashMap<>(parameters);
        changed.remove(name);
        return new AuthorizationUrl(endpoint, changed);
    }

    /** Adds scopes. */
    AuthorizationUrl scopes(String more) {
        return with("scope", parameters.get("scope").getFirst() + " " + more);
    }

    /** Asks for a refresh token. */
    AuthorizationUrl offline() {
        return scopes("offline_access").with("prompt", "consent");
    }

    /** Asks for the Bookstore API. */
    AuthorizationUrl books() {
        return scopes("read:books write:books").with("resource", App.BOOKS);
    }

    String query() {
        var pairs = new ArrayList<String>();
        parameters.forEach((name, values) ->
                values.forEach(it -> pairs.add(Parameters.encode(name) + "=" + Parameters.encode(it))));
        return pairs.stream().collect(Collectors.joining("&"));
    }

    @Override
    public String toString() {
        return endpoint + "/oidc/auth?" + query();
    }
}
