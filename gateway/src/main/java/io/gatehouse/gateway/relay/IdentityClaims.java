package io.gatehouse.gateway.relay;

import io.gatehouse.gateway.session.Identity;
import java.util.Optional;

/** The claims of an identity by their names, wherever it keeps them. */
final class IdentityClaims {

    private IdentityClaims() {}

    /** Empty if the IdP has said nothing, or null. */
    static Optional<Object> find(Identity identity, String claim) {
        return Optional.ofNullable(
                switch (claim) {
                    case "sub" -> identity.subject();
                    case "iss" -> identity.issuer();
                    case "sid" -> identity.sid();
                    default -> identity.claims().get(claim);
                });
    }
}
