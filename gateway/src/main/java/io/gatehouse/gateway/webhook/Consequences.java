package io.gatehouse.gateway.webhook;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * Tells what each of Logto's events means here. What is created has been given to nobody yet, and nobody's rights hang
 * on the name of an organization; so neither matters.
 */
final class Consequences {

    /** Logto names no more users than this, and does not say that there were more. */
    private static final int LONGEST_LIST = 5_000;

    /** None of these says who has the role, or who is a member. */
    private static final Set<String> CHANGED_RIGHTS = Set.of(
            "Role.Data.Updated",
            "Role.Scopes.Updated",
            "Role.Deleted",
            "Scope.Data.Updated",
            "Scope.Deleted",
            "Organization.Deleted",
            "OrganizationRole.Data.Updated",
            "OrganizationRole.Scopes.Updated",
            "OrganizationRole.Deleted",
            "OrganizationScope.Data.Updated",
            "OrganizationScope.Deleted");

    private Consequences() {}

    static Consequence of(Webhook webhook) {
        JsonNode content = webhook.content();
        return switch (webhook.event()) {
            case "User.Deleted" -> endSessions(content);
            case "User.SuspensionStatus.Updated" ->
                content.at("/data/isSuspended").asBoolean(false) ? endSessions(content) : new Consequence.Nothing();
            case "User.Data.Updated" -> user(content).map(Consequences::renew).orElseGet(Consequence.Nothing::new);
            case "Organization.Membership.Updated" -> ofMembership(content);
            default ->
                CHANGED_RIGHTS.contains(webhook.event()) ? new Consequence.RenewAllTokens() : new Consequence.Nothing();
        };
    }

    private static Consequence endSessions(JsonNode content) {
        return user(content).<Consequence>map(Consequence.EndSessions::new).orElseGet(Consequence.Nothing::new);
    }

    private static Consequence renew(String user) {
        return new Consequence.RenewTokens(Set.of(user));
    }

    /** An older Logto tells only which organization has changed, and a newer one too if it does not know more. */
    private static Consequence ofMembership(JsonNode content) {
        Set<String> users = new HashSet<>();
        boolean known = addTo(users, content.path("addedUserIds")) && addTo(users, content.path("removedUserIds"));
        boolean applications = content.has("addedApplicationIds") || content.has("removedApplicationIds");
        if (!known || (users.isEmpty() && !applications)) {
            return new Consequence.RenewAllTokens();
        }
        return users.isEmpty() ? new Consequence.Nothing() : new Consequence.RenewTokens(users);
    }

    /** False if there may be more than the list has. */
    private static boolean addTo(Set<String> users, JsonNode list) {
        list.valueStream().map(JsonNode::asString).forEach(users::add);
        return list.size() < LONGEST_LIST;
    }

    /** The user as Logto shows them, or as the path of the administrator's request names them. */
    private static Optional<String> user(JsonNode content) {
        String shown = content.at("/data/id").asString("");
        return Optional.of(shown.isBlank() ? content.at("/params/userId").asString("") : shown)
                .filter(id -> !id.isBlank());
    }
}
