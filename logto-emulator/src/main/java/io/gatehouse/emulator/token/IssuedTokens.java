package io.gatehouse.emulator.token;

import com.nimbusds.jose.JOSEObject;
import io.gatehouse.emulator.client.ClientAuthentication;
import io.gatehouse.emulator.client.RequiredParameters;
import io.gatehouse.emulator.directory.Application;
import io.gatehouse.emulator.http.Reply;
import io.gatehouse.emulator.http.Request;
import io.gatehouse.emulator.http.Response;
import io.gatehouse.emulator.problem.OidcProblem;
import io.gatehouse.emulator.session.AccessToken;
import io.gatehouse.emulator.session.Lifetime;
import io.gatehouse.emulator.session.RefreshToken;
import io.gatehouse.emulator.session.Tenant;
import io.gatehouse.emulator.session.TokenSource;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code /oidc/token/introspection} (RFC 7662) and {@code /oidc/token/revocation} (RFC 7009), for tokens on record. */
public final class IssuedTokens {

    private final Tenant tenant;
    private final ClientAuthentication clients;

    public IssuedTokens(Tenant tenant, ClientAuthentication clients) {
        this.tenant = tenant;
        this.clients = clients;
    }

    public Reply introspect(Request request) {
        clients.authenticate(request, request.form());
        String token = token(request, "introspected via the introspection_endpoint");
        Duration grace = tenant.lifetimes().of(Lifetime.REUSE_INTERVAL);
        Optional<Map<String, Object>> description = tenant.grants()
                .findAccessToken(token)
                .map(this::describe)
                .or(() -> tenant.grants()
                        .findRefreshToken(token)
                        .filter(it -> !it.isReplayed(grace, tenant.clock().instant()))
                        .map(this::describe));
        return Response.json(200, description.orElse(Map.of("active", false)));
    }

    /** Revoking any token of a grant ends them all; revoking nonsense succeeds. */
    public Reply revoke(Request request) {
        Application client = clients.authenticate(request, request.form());
        String token = token(request, "revoked via the revocation_endpoint");
        tenant.grants()
                .findAccessToken(token)
                .filter(it -> it.clientId().equals(client.id()))
                .ifPresent(it -> {
                    tenant.grants().forget(it);
                    revokeGrant(it.source());
                });
        tenant.grants()
                .findRefreshToken(token)
                .filter(it -> it.source().belongsTo(client))
                .ifPresent(it -> revokeGrant(it.source()));
        return Response.empty(200);
    }

    private void revokeGrant(@Nullable TokenSource source) {
        if (source != null) {
            tenant.grants().revoke(source.grantId());
        }
    }

    private static String token(Request request, String use) {
        String token = RequiredParameters.in(request.form(), "token");
        if (isJwt(token)) {
            throw OidcProblem.of(400, "unsupported_token_type", "Structured JWT Tokens cannot be " + use);
        }
        return token;
    }

    private static boolean isJwt(String token) {
        try {
            JOSEObject.parse(token);
            return true;
        } catch (ParseException _) {
            return false;
        }
    }

    private Map<String, Object> describe(AccessToken token) {
        var description =
                describe(token.source(), token.clientId(), token.scopes(), token.issuedAt(), token.expiresAt());
        description.put("token_type", "Bearer");
        return description;
    }

    private Map<String, Object> describe(RefreshToken token) {
        TokenSource source = token.source();
        return describe(source, source.clientId(), source.scopes(), token.issuedAt(), token.expiresAt());
    }

    private Map<String, Object> describe(
            @Nullable TokenSource source, String clientId, Set<String> scopes, Instant issuedAt, Instant expiresAt) {
        var description = new LinkedHashMap<String, Object>();
        description.put("active", true);
        if (source != null) {
            description.put("sub", source.accountId());
        }
        description.put("client_id", clientId);
        description.put("exp", expiresAt.getEpochSecond());
        description.put("iat", issuedAt.getEpochSecond());
        if (source != null && source.sid() != null) {
            description.put("sid", source.sid());
        }
        description.put("iss", tenant.issuer());
        if (!scopes.isEmpty()) {
            description.put("scope", String.join(" ", scopes));
        }
        return description;
    }
}
