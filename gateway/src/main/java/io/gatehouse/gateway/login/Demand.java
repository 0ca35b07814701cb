package io.gatehouse.gateway.login;

import io.gatehouse.gateway.route.SignInRule;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What the IdP has to prove besides who it is (OpenID Connect Core 1.0, section 3.1.2.1).
 *
 * @param maxAge how many seconds ago credentials may have been given at most; 0: not before this sign-in was begun;
 *     negative: it does not matter
 * @param acrValues authentication context classes of which one is needed, separated by spaces; empty: any will do
 */
record Demand(int maxAge, String acrValues) {

    /** Whoever the IdP knows already may come in. */
    static final Demand NONE = new Demand(-1, "");

    /** Credentials have to be given. */
    static final Demand CREDENTIALS = new Demand(0, "");

    static Demand of(SignInRule rule) {
        int maxAge = rule.maxAge() == null ? NONE.maxAge() : (int) rule.maxAge().toSeconds();
        return new Demand(maxAge, String.join(" ", rule.acr()));
    }

    /** Whether credentials have to be given, even if the IdP knows the person. */
    boolean needsCredentials() {
        return maxAge == 0;
    }

    boolean needsAge() {
        return maxAge >= 0;
    }

    /** The same, with credentials. */
    Demand withCredentials() {
        return new Demand(0, acrValues);
    }

    /** When credentials must have been given at the earliest; {@link Instant#MIN} if it does not matter. */
    Instant oldestAuthentication(Instant startedAt, Instant now) {
        if (!needsAge()) {
            return Instant.MIN;
        }
        return needsCredentials() ? startedAt : now.minusSeconds(maxAge);
    }

    /** Whether the claims of an ID token show the class that is needed. */
    boolean isContextOf(Map<String, Object> claims) {
        return acrValues.isEmpty() || List.of(acrValues.split(" ")).contains(String.valueOf(claims.get("acr")));
    }
}
