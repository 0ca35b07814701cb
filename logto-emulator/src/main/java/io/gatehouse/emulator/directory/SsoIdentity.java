package io.gatehouse.emulator.directory;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A user's account at an enterprise provider, told apart by issuer and subject: two connectors with the same issuer
 * share it.
 */
public record SsoIdentity(String issuer, String identityId, Map<String, @Nullable Object> detail) {

    public boolean isSameAs(SsoIdentity other) {
        return issuer.equals(other.issuer) && identityId.equals(other.identityId);
    }
}
