package io.gatehouse.emulator.experience;

import io.gatehouse.emulator.http.Json;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A person as an enterprise provider describes them.
 *
 * @param email null unless the provider vouches for it; its domain is anybody's
 * @param detail everything Logto keeps, in camel case
 */
record SsoProfile(
        String id,
        @Nullable String name,
        @Nullable String avatar,
        @Nullable String email,
        Map<String, @Nullable Object> detail) {

    private static final Set<String> RENAMED =
            Set.of("sub", "name", "picture", "email", "email_verified", "phone", "phone_verified");
    private static final Pattern UNDERSCORE = Pattern.compile("_(\\p{Alnum})");

    /** @param trustUnverifiedEmail counts only where the provider does not mention {@code email_verified} at all */
    static SsoProfile of(ObjectNode claims, boolean trustUnverifiedEmail) {
        JsonNode verified = claims.path("email_verified");
        boolean trusted = verified.isBoolean() ? verified.asBoolean() : trustUnverifiedEmail;
        String id = claims.path("sub").asString();
        String name = text(claims, "name");
        String avatar = text(claims, "picture");
        String email = trusted ? text(claims, "email") : null;
        var detail = new LinkedHashMap<String, @Nullable Object>();
        detail.put("id", id);
        putPresent(detail, "name", name);
        putPresent(detail, "avatar", avatar);
        putPresent(detail, "email", email);
        Json.members(claims).forEach((claim, value) -> {
            if (!RENAMED.contains(claim)) {
                detail.put(camelCase(claim), value);
            }
        });
        return new SsoProfile(id, name, avatar, email, detail);
    }

    private static void putPresent(Map<String, @Nullable Object> detail, String name, @Nullable String value) {
        if (value != null) {
            detail.put(name, value);
        }
    }

    private static @Nullable String text(ObjectNode claims, String name) {
        JsonNode value = claims.path(name);
        return value.isString() ? value.asString() : null;
    }

    private static String camelCase(String claim) {
        return UNDERSCORE.matcher(claim).replaceAll(it -> it.group(1).toUpperCase(Locale.ROOT));
    }
}
