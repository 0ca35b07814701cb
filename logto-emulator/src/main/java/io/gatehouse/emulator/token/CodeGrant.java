package io.gatehouse.emulator.token;

import com.nimbusds.oauth2.sdk.pkce.CodeChallenge;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import io.gatehouse.emulator.directory.Application;
import io.gatehouse.emulator.directory.User;
import io.gatehouse.emulator.http.Parameters;
import io.gatehouse.emulator.problem.OidcProblem;
import io.gatehouse.emulator.session.AuthorizationCode;
import io.gatehouse.emulator.session.Grant;
import io.gatehouse.emulator.session.Tenant;
import io.gatehouse.emulator.session.TokenSource;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code authorization_code}. A wrong secret, verifier or redirect URI leaves the code usable; a second use of a good
 * one revokes all that came of the first (RFC 6749, section 4.1.2).
 */
final class CodeGrant implements GrantHandler {

    private static final String GRANT_TYPE = "authorization_code";

    private final Tenant tenant;
    private final UserTokens userTokens;
    private final IdTokens idTokens;
    private final RefreshTokens refreshTokens;

    CodeGrant(Tenant tenant, UserTokens userTokens, IdTokens idTokens, RefreshTokens refreshTokens) {
        this.tenant = tenant;
        this.userTokens = userTokens;
        this.idTokens = idTokens;
        this.refreshTokens = refreshTokens;
    }

    @Override
    public TokenAnswer exchange(Application client, Parameters form) {
        AuthorizationCode code = find(client, form);
        TokenSource source = code.source();
        Grant grant = tenant.grants().find(source.grantId()).orElseThrow(OidcProblem::invalidGrant);
        if (!tenant.grants().consume(code)) {
            tenant.grants().revoke(source.grantId());
            throw OidcProblem.invalidGrant();
        }
        User user = tenant.directory().activeUser(source.accountId()).orElseThrow(OidcProblem::invalidGrant);
        Set<String> scopes = source.scopes();
        var accessToken = userTokens.issue(source, grant, user, form, scopes, null);
        return new TokenAnswer(
                accessToken,
                scopes.contains("openid") ? idTokens.issue(client, user, source, scopes, GRANT_TYPE) : null,
                isRefreshable(client, scopes) ? refreshTokens.first(client, source) : null);
    }

    private static boolean isRefreshable(Application client, Set<String> scopes) {
        return scopes.contains("offline_access") || client.tokenPolicy().alwaysIssueRefreshToken();
    }

    private AuthorizationCode find(Application client, Parameters form) {
        String value = required(form, "code");
        List<String> registered = client.redirects().redirectUris();
        String redirectUri = form.has("redirect_uri") || registered.size() != 1
                ? required(form, "redirect_uri")
                : registered.getFirst();
        AuthorizationCode code = tenant.grants()
                .findCode(value)
                .filter(it -> it.source().clientId().equals(client.id()))
                .orElseThrow(OidcProblem::invalidGrant);
        checkVerifier(form.first("code_verifier").orElse(""), code.codeChallenge());
        if (!code.redirectUri().equals(redirectUri)) {
            throw OidcProblem.invalidGrant();
        }
        return code;
    }

    private static String required(Parameters form, String name) {
        return form.first(name)
                .orElseThrow(() -> OidcProblem.invalidRequest("missing required parameter '" + name + "'"));
    }

    /** A verifier without a challenge is as wrong as a challenge without its verifier. */
    private static void checkVerifier(String verifier, @Nullable String challenge) {
        if (verifier.isEmpty() && challenge == null) {
            return;
        }
        if (verifier.isEmpty() || challenge == null || !challengeOf(verifier).equals(challenge)) {
            throw OidcProblem.invalidGrant();
        }
    }

    private static String challengeOf(String verifier) {
        try {
            return CodeChallenge.compute(CodeChallengeMethod.S256, new CodeVerifier(verifier))
                    .getValue();
        } catch (IllegalArgumentException _) {
            throw OidcProblem.invalidRequest("code_verifier must be a string with a minimum length of 43 characters");
        }
    }
}
