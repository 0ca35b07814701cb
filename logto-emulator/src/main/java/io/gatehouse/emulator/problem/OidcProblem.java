package io.gatehouse.emulator.problem;

import io.gatehouse.emulator.http.Response;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request refused. Descriptions are Logto's own words; what really went wrong stays in Logto's audit log, so every
 * {@code invalid_grant} reads the same.
 */
public final class OidcProblem extends RuntimeException {

    private final int status;
    private final String error;
    private final @Nullable String description;
    private final @Nullable String scope;
    private final @Nullable String challenge;

    private OidcProblem(
            int status,
            String error,
            @Nullable String description,
            @Nullable String scope,
            @Nullable String challenge) {
        super(error);
        this.status = status;
        this.error = error;
        this.description = description;
        this.scope = scope;
        this.challenge = challenge;
    }

    /** Any error code with any description; null leaves {@code error_description} out. */
    public static OidcProblem of(int status, String error, @Nullable String description) {
        return new OidcProblem(status, error, description, null, null);
    }

    public static OidcProblem invalidRequest(String description) {
        return of(400, "invalid_request", description);
    }

    public static OidcProblem invalidGrant() {
        return of(400, "invalid_grant", "grant request is invalid");
    }

    public static OidcProblem invalidTarget() {
        return of(400, "invalid_target", "resource indicator is missing, or unknown");
    }

    public static OidcProblem invalidClient() {
        return of(400, "invalid_client", "client is invalid");
    }

    public static OidcProblem clientAuthenticationFailed() {
        return of(401, "invalid_client", "client authentication failed");
    }

    public static OidcProblem invalidRedirectUri() {
        return of(
                400, "invalid_redirect_uri", "redirect_uri did not match any of the client's registered redirect_uris");
    }

    public static OidcProblem invalidToken() {
        return of(401, "invalid_token", "invalid token provided");
    }

    public static OidcProblem accessDenied(int status, String description) {
        return of(status, "access_denied", description);
    }

    /** The stale resume URL and its like; {@link ProblemBody} words it as {@code session.not_found}. */
    public static OidcProblem requestExpired() {
        return invalidRequest("authorization request has expired");
    }

    public static OidcProblem invalidScope(String description, String scope) {
        return new OidcProblem(400, "invalid_scope", description, scope, null);
    }

    public static OidcProblem insufficientScope(String description, String scope) {
        return new OidcProblem(403, "insufficient_scope", description, scope, null);
    }

    /** The same problem, answered with a {@code WWW-Authenticate} header of this scheme (RFC 6750, section 3). */
    public OidcProblem challenging(String scheme, String realm) {
        String header =
                "%s realm=\"%s\", error=\"%s\", error_description=\"%s\"".formatted(scheme, realm, error, description);
        return new OidcProblem(status, error, description, scope, header);
    }

    public int status() {
        return status;
    }

    public String error() {
        return error;
    }

    /** The OAuth members: {@code error}, and what there is of {@code error_description} and {@code scope}. */
    public Map<String, String> parameters() {
        var parameters = new LinkedHashMap<String, String>();
        parameters.put("error", error);
        if (description != null) {
            parameters.put("error_description", description);
        }
        if (scope != null) {
            parameters.put("scope", scope);
        }
        return parameters;
    }

    public Response response() {
        var response = Response.json(status, ProblemBody.of(parameters()));
        return challenge == null ? response : response.with("www-authenticate", challenge);
    }
}
