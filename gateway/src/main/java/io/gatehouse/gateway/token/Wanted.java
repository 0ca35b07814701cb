package io.gatehouse.gateway.token;

import io.gatehouse.gateway.session.AccessToken;
import io.gatehouse.gateway.session.BrowserSession;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What of a session has to be fresh, so that a request can be served. */
public sealed interface Wanted {

    /** A token request without resource is answered with an opaque token, for the IdP's own userinfo endpoint. */
    String NO_RESOURCE = "";

    /** What Logto calls the resource of all organizations, in an authorization request. */
    String ORGANIZATIONS = "urn:logto:resource:organizations";

    Duration ANY_AGE = Duration.ofDays(10_000);

    /**
     * An access token.
     *
     * @param resource the API resource it is for, or {@link #NO_RESOURCE}
     * @param organization the id of the organization it is for; blank for none
     * @param refused a token that has turned out to be of no use; another one is wanted
     */
    record Token(
            String resource, String organization, @Nullable String refused) implements Wanted {

        /** The token of a session, whatever its state. Empty if there is none. */
        public Optional<AccessToken> in(BrowserSession session) {
            return session.tokens().access(name());
        }

        /** Another one than this. */
        public Token insteadOf(AccessToken useless) {
            return new Token(resource, organization, useless.value());
        }

        @Override
        public boolean isRequired() {
            return refused == null && !name().isEmpty();
        }

        @Override
        public boolean isFresh(BrowserSession session, Freshness freshness) {
            return in(session)
                    .filter(held -> !held.value().equals(refused))
                    .filter(held -> !freshness.isDue(held, session.record().renewal()))
                    .isPresent();
        }

        @Override
        public boolean isUsable(BrowserSession session, Freshness freshness) {
            return in(session)
                    .filter(held -> !held.value().equals(refused))
                    .filter(held -> freshness.isUsable(held, session.record().renewal()))
                    .isPresent();
        }

        /** Never the token. */
        @Override
        public String toString() {
            return "Token[" + name() + "]";
        }
    }

    /**
     * The ID token, and what it says.
     *
     * @param maxAge how old it may be at most
     */
    record IdToken(Duration maxAge) implements Wanted {

        @Override
        public String resource() {
            return NO_RESOURCE;
        }

        @Override
        public String organization() {
            return "";
        }

        @Override
        public boolean isRequired() {
            return true;
        }

        @Override
        public boolean isFresh(BrowserSession session, Freshness freshness) {
            return !freshness.isIdentityDue(session, maxAge);
        }

        @Override
        public boolean isUsable(BrowserSession session, Freshness freshness) {
            return freshness.isIdentityUsable(session);
        }
    }

    /**
     * An access token for a resource, an organization, or a resource of an organization.
     *
     * @param resource blank for none
     * @param organization blank for none; not both
     */
    static Token token(String resource, String organization) {
        return new Token(resource, organization, null);
    }

    /** A token that opens the IdP's userinfo endpoint. No route can have it relayed. */
    static Token userinfo() {
        return new Token(NO_RESOURCE, "", null);
    }

    /** The ID token, and what it says, for as long as the IdP vouches for it. */
    static IdToken idToken() {
        return new IdToken(ANY_AGE);
    }

    /** The same, but not older than this. */
    static IdToken idToken(Duration maxAge) {
        return new IdToken(maxAge);
    }

    /** The resource a token request has to name; blank for none. */
    String resource();

    /** The organization a token request has to name; blank for none. */
    String organization();

    /** The name in a session of the access token that comes with it. */
    default String name() {
        return organization().isEmpty() ? resource() : resource() + ' ' + organization();
    }

    /**
     * Whether somebody cannot be served without it. If not, as where a token that is valid is only to be replaced, the
     * refresh token is not put at risk for it.
     */
    boolean isRequired();

    /** Whether a session has it, and need not ask for another one yet. */
    boolean isFresh(BrowserSession session, Freshness freshness);

    /** Whether a session can do with what it has, if there is nothing newer to be had. */
    boolean isUsable(BrowserSession session, Freshness freshness);

    /** Whether a sign-in has asked for it. */
    default boolean isGranted(BrowserSession session) {
        String asked = resource().isEmpty() && !organization().isEmpty() ? ORGANIZATIONS : resource();
        return asked.isEmpty() || session.tokens().resources().contains(asked);
    }
}
