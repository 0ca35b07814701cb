package io.gatehouse.emulator.token;

import com.nimbusds.oauth2.sdk.pkce.CodeChallenge;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import io.gatehouse.emulator.client.RequiredParameters;
import io.gatehouse.emulator.directory.Application;
import io.gatehouse.emulator.http.Parameters;
import io.gatehouse.emulator.problem.OidcProblem;
import io.gatehouse.emulator.session.AuthorizationCode;
import io.gatehouse.emulator.session.Tenant;
import io.gatehouse.emulator.session.TokenSource;
import org.jspecify.annotations.Nullable;

/**
 * {@code authorization_code}. A wrong secret, verifier or redirect URI leaves the code usable; a second use of a good
 * one revokes all that came of the first (RFC 6749, section 4.1.2).
 */
final class CodeGrant implements GrantHandler {

    private final Tenant tenant;
    private final UserTokens userTokens;
    private final RefreshTokens refreshTokens;

    CodeGrant(Tenant tenant, UserTokens userTokens, RefreshTokens refreshTokens) {
        this.tenant = tenant;
        this.userTokens = userTokens;
        this.refreshTokens = refreshTokens;
    }

    @Override
    public TokenAnswer exchange(Application client, Parameters form) {
        AuthorizationCode code = find(client, form);
        consume(code);
        TokenSource source = code.source();
        TokenAnswer answer = userTokens.issue(TokenRequest.of(tenant, client, form, source, source.scopes()), null);
        return isRefreshable(client, source) ? answer.withRefreshToken(refreshTokens.first(client, source)) : answer;
    }

    private static boolean isRefreshable(Application client, TokenSource source) {
        return source.scopes().contains("offline_access")
                || client.tokenPolicy().alwaysIssueRefreshToken();
    }

    private AuthorizationCode find(Application client, Parameters form) {
        String value = RequiredParameters.in(form, "code");
        String redirectUri = RequiredParameters.redirectUri(form, client);
        AuthorizationCode code = tenant.grants()
                .findCode(value)
                .filter(it -> it.source().belongsTo(client))
                .orElseThrow(OidcProblem::invalidGrant);
        checkVerifier(form.first("code_verifier").orElse(""), code.codeChallenge());
        if (!code.redirectUri().equals(redirectUri)) {
            throw OidcProblem.invalidGrant();
        }
        return code;
    }

    private void consume(AuthorizationCode code) {
        if (!tenant.grants().consume(code)) {
            tenant.grants().revoke(code.source().grantId());
            throw OidcProblem.invalidGrant();
        }
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
