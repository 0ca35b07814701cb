package io.gatehouse.emulator.authorize;

import org.jspecify.annotations.Nullable;

/**
 * What the user has done so far for one authorization request.
 *
 * @param accountId who signed in; null if nobody did
 * @param grantId the grant that was consented to; null if none was
 */
public record InteractionResult(
        @Nullable String accountId, @Nullable String grantId) {

    static final InteractionResult NOTHING = new InteractionResult(null, null);

    boolean resolves(String prompt) {
        return switch (prompt) {
            case "login" -> accountId != null;
            case "consent" -> grantId != null;
            default -> false;
        };
    }
}
