package io.gatehouse.gateway.relay;

import io.gatehouse.gateway.problem.GatewayException;
import io.gatehouse.gateway.problem.ProblemType;
import io.gatehouse.gateway.route.ClaimHeader;
import io.gatehouse.gateway.session.Identity;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Claims of the user, each in a header of its own; those that say nothing in none. */
final class IdentityHeaders {

    /** Servers commonly take 8 KiB for all headers of a request. */
    static final int MAX_LENGTH = 4096;

    private IdentityHeaders() {}

    /** Fails with {@link ProblemType#CLAIMS_TOO_LARGE} if a value is longer than {@link #MAX_LENGTH}. */
    static Credentials of(Identity identity, List<ClaimHeader> chosen) {
        Map<String, String> values = new LinkedHashMap<>();
        chosen.forEach(it -> IdentityClaims.find(identity, it.claim())
                .flatMap(ClaimValue::of)
                .ifPresent(value -> values.put(it.header(), requireFit(it.header(), value))));
        return headers -> values.forEach(headers::set);
    }

    /** The value, if there is room for it. */
    static String requireFit(String header, String value) {
        if (value.length() > MAX_LENGTH) {
            throw GatewayException.of(
                    ProblemType.CLAIMS_TOO_LARGE,
                    header + " would have " + value.length() + " characters, more than " + MAX_LENGTH);
        }
        return value;
    }
}
