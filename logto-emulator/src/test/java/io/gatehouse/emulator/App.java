package io.gatehouse.emulator;

import io.gatehouse.emulator.http.Parameters;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/** An application that uses Logto: the relying party of the tests. */
record App(String endpoint, String id, String secret) {

    static final String CALLBACK = "http://localhost:8080/auth/callback";
    static final String HOME = "http://localhost:8080/";
    static final String BOOKS = "https://api.bookstore.local";

    AuthorizationUrl request() {
        var parameters = new LinkedHashMap<String, List<String>>();
        parameters.put("client_id", List.of(id));
        parameters.put("redirect_uri", List.of(CALLBACK));
        parameters.put("response_type", List.of("code"));
        parameters.put("scope", List.of("openid profile email roles"));
        parameters.put("state", List.of("the-state"));
        parameters.put("nonce", List.of("the-nonce"));
        return new AuthorizationUrl(endpoint, parameters);
    }

    /** Signs alice in and exchanges her code. */
    ObjectNode tokens(Browser browser, AuthorizationUrl request, String... more) {
        return exchange(browser.signIn(request).query("code"), more).json();
    }

    /** @param more names and values of further parameters */
    Answer exchange(String code, String... more) {
        var form = new LinkedHashMap<String, String>();
        form.put("grant_type", "authorization_code");
        form.put("code", code);
        form.put("redirect_uri", CALLBACK);
        return post("/oidc/token", form, more);
    }

    Answer refresh(String refreshToken, String... more) {
        var form = new LinkedHashMap<String, String>();
        form.put("grant_type", "refresh_token");
        form.put("refresh_token", refreshToken);
        return post("/oidc/token", form, more);
    }

    Answer introspect(String token) {
        return post("/oidc/token/introspection", Map.of("token", token));
    }

    Answer revoke(String token) {
        return post("/oidc/token/revocation", Map.of("token", token));
    }

    Answer userInfo(String accessToken) {
        return Answer.to(HttpRequest.newBuilder(URI.create(endpoint + "/oidc/me"))
                .header("authorization", "Bearer " + accessToken));
    }

    Answer post(String path, Map<String, String> form, String... more) {
        var all = new LinkedHashMap<>(form);
        for (int i = 0; i < more.length; i += 2) {
            all.put(more[i], more[i + 1]);
        }
        return post(path, Parameters.encode(all), "application/x-www-form-urlencoded");
    }

    Answer post(String path, String body, String contentType) {
        return Answer.to(HttpRequest.newBuilder(URI.create(endpoint + path))
                .header("authorization", basic())
                .header("content-type", contentType)
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    /** Form-encoded inside, as RFC 6749, section 2.3.1 wants it. */
    String basic() {
        String pair =
                URLEncoder.encode(id, StandardCharsets.UTF_8) + ":" + URLEncoder.encode(secret, StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }
}
