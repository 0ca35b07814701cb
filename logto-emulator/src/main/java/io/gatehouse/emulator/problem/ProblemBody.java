package io.gatehouse.emulator.problem;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Logto's JSON around an OAuth error: its own {@code code} and {@code message}, then the OAuth members. */
public final class ProblemBody {

    private static final Map<String, String> MESSAGES = Map.ofEntries(
            Map.entry("session.not_found", "Session not found. Please go back and sign in again."),
            Map.entry("oidc.invalid_scope", "Invalid scope: ."),
            Map.entry("oidc.invalid_token", "Invalid token provided."),
            Map.entry("oidc.insufficient_scope", "Token missing scope ``."),
            Map.entry("oidc.invalid_request", "Request is invalid."),
            Map.entry("oidc.invalid_grant", "Grant request is invalid."),
            Map.entry(
                    "oidc.invalid_redirect_uri",
                    "`redirect_uri` did not match any of the client's registered `redirect_uris`."),
            Map.entry("oidc.access_denied", "Access denied."),
            Map.entry("oidc.invalid_target", "Invalid resource indicator."),
            Map.entry("oidc.unsupported_grant_type", "Unsupported `grant_type` requested."),
            Map.entry("oidc.unsupported_response_mode", "Unsupported `response_mode` requested."),
            Map.entry("oidc.unsupported_response_type", "Unsupported `response_type` requested."));

    private static final Map<String, String> ERROR_URIS =
            Map.of("invalid_grant", "https://openid.sh/debug/invalid_grant");

    private ProblemBody() {}

    /** Wraps {@code error} and whatever stands beside it; every value is kept as it is. */
    public static Map<String, String> of(Map<String, String> parameters) {
        String error = parameters.getOrDefault("error", "server_error");
        String code = isSessionNotFound(parameters) ? "session.not_found" : "oidc." + error;
        var body = new LinkedHashMap<String, String>();
        body.put("code", code);
        body.put("message", MESSAGES.getOrDefault(code, "An OIDC error occurred: " + code + "."));
        Optional.ofNullable(ERROR_URIS.get(error)).ifPresent(uri -> body.put("error_uri", uri));
        body.putAll(parameters);
        return body;
    }

    /** Logto tells this one error by its description, too. */
    private static boolean isSessionNotFound(Map<String, String> parameters) {
        String description = parameters.getOrDefault("error_description", "");
        return description.contains("authorization request has expired")
                || (description.contains("session") && description.contains("not found"));
    }
}
