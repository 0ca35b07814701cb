package io.gatehouse.gateway.route;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How people sign in who come to a route, and what their sign-in has to show before they may use it.
 *
 * @param connector alias of the enterprise connector they are led to; empty: they choose at the IdP
 * @param organization id or alias of the organization they sign in to and act for afterwards; empty: none
 * @param maxAge how long ago they may have given their credentials at most ({@code auth_time}); {@code 0s} asks for a
 *     fresh sign-in, which counts for a minute. Empty: it does not matter
 * @param acr authentication context classes ({@code acr}) of which the sign-in has to have one. Empty: any will do.
 *     Logto sends none
 * @param keepFragment whether what follows {@code #} in the address survives the sign-in, for applications that keep
 *     their pages there; costs a small page in between, and the gateway sees the fragment
 * @param keepForm whether a form of up to 64 KiB that is sent after the session has ended is kept, and can be sent
 *     again once the same person has signed in
 */
public record SignInRule(
        @DefaultValue("") String connector,
        @DefaultValue("") String organization,
        @Nullable Duration maxAge,
        @DefaultValue List<String> acr,
        @DefaultValue("false") boolean keepFragment,
        @DefaultValue("true") boolean keepForm) {

    /** Whoever is signed in may use the route. */
    public static final SignInRule ANY = new SignInRule("", "", null, List.of(), false, true);

    /** Clocks of the IdP and of this gateway may differ by so much. */
    private static final Duration CLOCK_SKEW = Duration.ofSeconds(60);

    /** The same, with credentials that are not older than this. */
    SignInRule within(Duration time) {
        Duration strictest = maxAge == null || maxAge.compareTo(time) > 0 ? time : maxAge;
        return new SignInRule(connector, organization, strictest, acr, keepFragment, keepForm);
    }

    /** Whether any sign-in will do. */
    public boolean asksForProof() {
        return maxAge != null || !acr.isEmpty();
    }

    /**
     * Whether a sign-in shows what is asked for. What is missing or of another type shows nothing.
     *
     * @param claims of the ID token, or of an API client's own access token (RFC 9470, section 6)
     */
    public boolean isMetBy(Map<String, Object> claims, Instant now) {
        return isRecent(claims.get("auth_time"), now) && (acr.isEmpty() || acr.contains(claims.get("acr")));
    }

    private boolean isRecent(@Nullable Object authTime, Instant now) {
        if (maxAge == null) {
            return true;
        }
        return authTime instanceof Number seconds
                && !now.isAfter(
                        Instant.ofEpochSecond(seconds.longValue()).plus(maxAge).plus(CLOCK_SKEW));
    }

    boolean isReasonable() {
        boolean isPlain = acr.stream().allMatch(value -> value.matches("[\\x21\\x23-\\x5B\\x5D-\\x7E]{1,200}"));
        return isPlain && (maxAge == null || (!maxAge.isNegative() && maxAge.toDays() <= 365));
    }
}
