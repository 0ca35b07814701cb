package io.gatehouse.gateway.login;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.token.BearerAccessToken;
import com.nimbusds.openid.connect.sdk.claims.AccessTokenHash;
import com.nimbusds.openid.connect.sdk.claims.CodeHash;
import com.nimbusds.openid.connect.sdk.validators.AccessTokenValidator;
import com.nimbusds.openid.connect.sdk.validators.AuthorizationCodeValidator;
import com.nimbusds.openid.connect.sdk.validators.InvalidHashException;
import io.gatehouse.gateway.problem.GatewayException;
import io.gatehouse.gateway.problem.ProblemType;
import java.text.ParseException;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.oidc.OidcIdToken;

/**
 * Whether an ID token was issued together with this access token, for this code (OpenID Connect Core 1.0, sections
 * 3.1.3.8 and 3.3.2.10). An IdP need not say so with the code flow, and Logto does not; one that does has to be right,
 * or parts of two sign-ins have been put together.
 */
final class TokenHashes {

    private TokenHashes() {}

    /** Fails with {@link ProblemType#SIGN_IN_INVALID} if a hash is there and is another one's. */
    static void require(OidcIdToken idToken, String accessToken, String code) {
        try {
            JWSAlgorithm algorithm =
                    JWSObject.parse(idToken.getTokenValue()).getHeader().getAlgorithm();
            requireAccessToken(idToken.getAccessTokenHash(), accessToken, algorithm);
            requireCode(idToken.getAuthorizationCodeHash(), code, algorithm);
        } catch (InvalidHashException | ParseException | IllegalArgumentException refused) {
            throw GatewayException.of(
                    ProblemType.SIGN_IN_INVALID, "at_hash or c_hash is that of something else", refused);
        }
    }

    private static void requireAccessToken(@Nullable String hash, String accessToken, JWSAlgorithm algorithm)
            throws InvalidHashException {
        if (hash != null) {
            AccessTokenValidator.validate(new BearerAccessToken(accessToken), algorithm, new AccessTokenHash(hash));
        }
    }

    private static void requireCode(@Nullable String hash, String code, JWSAlgorithm algorithm)
            throws InvalidHashException {
        if (hash != null) {
            AuthorizationCodeValidator.validate(new AuthorizationCode(code), algorithm, new CodeHash(hash));
        }
    }
}
