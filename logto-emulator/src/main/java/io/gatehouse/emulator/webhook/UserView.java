package io.gatehouse.emulator.webhook;

import io.gatehouse.emulator.directory.User;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A user as webhooks and administrators see it: no password, times in milliseconds. */
public final class UserView {

    private UserView() {}

    public static Map<String, @Nullable Object> of(User user) {
        var view = new LinkedHashMap<String, @Nullable Object>();
        view.put("id", user.id());
        view.put("username", user.credentials().username());
        view.put("primaryEmail", user.credentials().primaryEmail());
        view.put("primaryPhone", user.credentials().primaryPhone());
        view.put("name", user.person().name());
        view.put("avatar", user.person().avatar());
        view.put("customData", user.person().customData());
        view.put("identities", Map.of());
        view.put("lastSignInAt", millis(user.timestamps().lastSignInAt()));
        view.put("createdAt", user.timestamps().createdAt().toEpochMilli());
        view.put("updatedAt", user.timestamps().updatedAt().toEpochMilli());
        view.put("profile", user.person().profile());
        view.put("applicationId", user.applicationId());
        view.put("cimdClientId", null);
        view.put("isSuspended", user.isSuspended());
        return view;
    }

    private static @Nullable Long millis(@Nullable Instant instant) {
        return instant == null ? null : instant.toEpochMilli();
    }
}
