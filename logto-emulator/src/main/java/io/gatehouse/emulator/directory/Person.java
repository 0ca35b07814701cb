package io.gatehouse.emulator.directory;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is known about the person behind a user.
 *
 * @param profile by OIDC claim name, such as {@code family_name}; what is not set is absent, never null
 */
public record Person(
        @Nullable String name, @Nullable String avatar, Map<String, Object> profile, Map<String, Object> customData) {

    public static final Person UNKNOWN = new Person(null, null, Map.of(), Map.of());

    public static Person named(@Nullable String name, @Nullable String avatar) {
        return new Person(name, avatar, Map.of(), Map.of());
    }
}
