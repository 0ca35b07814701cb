package io.gatehouse.gateway.logout;

import io.gatehouse.gateway.edge.PublicUrl;
import jakarta.validation.constraints.AssertTrue;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * How people sign out.
 *
 * @param then where the browser goes once the IdP has signed the person out, such as the end-session address of the
 *     company's own identity provider: {@code https://acme.okta.com/login/signout?fromURI=<signed-out page>}. It goes
 *     there once for each sign-out; the way back is the address's own matter
 */
public record LogoutProperties(@Nullable String then) {

    @AssertTrue(
            message = "then: must be an absolute https URL without user and fragment, such as"
                    + " https://acme.okta.com/login/signout; http is for localhost only")
    boolean isThenSafe() {
        return then == null || isSafe(then);
    }

    private static boolean isSafe(String configured) {
        try {
            URI url = URI.create(configured);
            return url.getHost() != null
                    && url.getRawFragment() == null
                    && !PublicUrl.of(url.getScheme() + "://" + url.getRawAuthority())
                            .origin()
                            .isEmpty();
        } catch (IllegalArgumentException unsafe) {
            return false;
        }
    }

    /** The same as written: Spring would encode the percent signs of a URI once more. Null if there is none. */
    @Nullable
    URI next() {
        return then == null ? null : URI.create(then);
    }
}
