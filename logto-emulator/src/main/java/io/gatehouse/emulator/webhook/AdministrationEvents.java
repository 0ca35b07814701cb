package io.gatehouse.emulator.webhook;

import io.gatehouse.emulator.directory.User;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The events of an administrator's changes, worded as if they had been made through Logto's Management API. */
public final class AdministrationEvents {

    private final Webhooks webhooks;

    public AdministrationEvents(Webhooks webhooks) {
        this.webhooks = webhooks;
    }

    public void userCreated(User user) {
        fire("User.Created", "POST", "/users", Map.of(), Map.of("data", UserView.of(user)));
    }

    public void userChanged(User user) {
        fire("User.Data.Updated", "PATCH", "/users/:userId", id(user), Map.of("data", UserView.of(user)));
    }

    public void userSuspensionChanged(User user) {
        fire(
                "User.SuspensionStatus.Updated",
                "PATCH",
                "/users/:userId/is-suspended",
                id(user),
                Map.of("data", UserView.of(user)));
    }

    public void userDeleted(User user) {
        fire("User.Deleted", "DELETE", "/users/:userId", id(user), Map.of("data", UserView.of(user)));
    }

    /**
     * There is a role that nobody has yet.
     *
     * @param role as the control API shows it
     */
    public void roleCreated(Map<String, ?> role) {
        fire("Role.Created", "POST", "/roles", Map.of(), Map.of("data", role));
    }

    /** A role gives other permissions now. */
    public void roleScopesChanged(String id) {
        fire("Role.Scopes.Updated", "POST", "/roles/:id/scopes", Map.of("id", id), Map.of());
    }

    public void roleDeleted(String id) {
        fire("Role.Deleted", "DELETE", "/roles/:id", Map.of("id", id), Map.of());
    }

    /**
     * A role is called something else now, or is given to others by default.
     *
     * @param role as the control API shows it
     */
    public void roleChanged(String id, Map<String, ?> role) {
        fire("Role.Data.Updated", "PATCH", "/roles/:id", Map.of("id", id), Map.of("data", role));
    }

    public void membershipChanged(String organizationId, List<String> added, List<String> removed) {
        var details = new LinkedHashMap<String, @Nullable Object>();
        details.put("organizationId", organizationId);
        if (!added.isEmpty()) {
            details.put("addedUserIds", added);
        }
        if (!removed.isEmpty()) {
            details.put("removedUserIds", removed);
        }
        webhooks.fire("Organization.Membership.Updated", details);
    }

    private static Map<String, String> id(User user) {
        return Map.of("userId", user.id());
    }

    private void fire(
            String event, String method, String route, Map<String, String> parameters, Map<String, ?> details) {
        String path = "/api" + route;
        for (var parameter : parameters.entrySet()) {
            path = path.replace(":" + parameter.getKey(), parameter.getValue());
        }
        var all = new LinkedHashMap<String, @Nullable Object>();
        all.put("path", path);
        all.put("method", method);
        all.put("status", method.equals("DELETE") ? 204 : 200);
        all.put("params", parameters);
        all.put("matchedRoute", route);
        all.putAll(details);
        webhooks.fire(event, all);
    }
}
