package io.gatehouse.gateway.audit;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Something an auditor counts. Identifiers only: no token, no claim value, no address with its query. */
public sealed interface SecurityEvent {

    /** Somebody signed in, and a session began. */
    record SignedIn(String subject, @Nullable String sid) implements SecurityEvent {}

    /**
     * A sign-in came back and was not accepted. The reason is a problem slug, the code what the IdP or the check said.
     */
    record SignInFailed(String reason, String code) implements SecurityEvent {}

    /**
     * Tokens were issued by refresh.
     *
     * @param resource the API resource the access token is for; blank for none
     * @param organization the organization it is for; blank for none
     */
    record TokenRefreshed(String subject, @Nullable String sid, String resource, String organization)
            implements SecurityEvent {}

    /** A session ended. The reason is {@code sign-out}, {@code ended-by-user} or a problem slug. */
    record SessionEnded(String subject, @Nullable String sid, String reason, boolean grantRevoked)
            implements SecurityEvent {}

    /**
     * Somebody signed out on all devices.
     *
     * @param sessions how many sessions of theirs there were. The grants of all but the one they asked from stay
     */
    record SignedOutEverywhere(String subject, @Nullable String sid, long sessions) implements SecurityEvent {}

    /** Somebody ended a session that this replica cannot read, so nobody knows whose it was. Its grant stays. */
    record UnreadableSessionEnded(String reason) implements SecurityEvent {}

    /**
     * The token of an API client was not accepted.
     *
     * @param route the id of the route that it was sent to
     * @param code what is wrong with it
     */
    record BearerTokenRefused(String route, String code) implements SecurityEvent {}

    /**
     * A rule refused a request.
     *
     * @param subject blank for somebody who is not known
     * @param rule the names of the route and the rule
     * @param shadow whether the rule is only tried: then the request has passed
     */
    record AccessDenied(String subject, @Nullable String sid, String rule, boolean shadow) implements SecurityEvent {}

    /** A request that another site caused was refused. */
    record CrossSiteRequestRefused(String subject, @Nullable String sid) implements SecurityEvent {}

    /** The IdP said that somebody has signed out there, and so many sessions ended here. */
    record BackChannelLogout(
            @Nullable String subject, @Nullable String sid, long sessions) implements SecurityEvent {}

    /** Somebody sent a logout token that was not accepted, or none. */
    record BackChannelLogoutRefused(String reason) implements SecurityEvent {}

    /**
     * Logto said that an account has changed.
     *
     * @param event Logto's name for it
     * @param outcome {@code sessions-ended}, {@code tokens-renewed}, {@code ignored} or {@code repeated}
     * @param subject whose account; blank if it is not about one
     * @param sessions how many that concerned
     */
    record WebhookReceived(String event, String outcome, String subject, long sessions) implements SecurityEvent {}

    /** Somebody sent a webhook that was not accepted. The reason is a problem slug, the code says more if there is. */
    record WebhookRefused(String reason, String code) implements SecurityEvent {}

    /** A changed configuration is in force from now on, with changes of these keys. */
    record ConfigurationReloaded(Set<String> keys) implements SecurityEvent {}

    /** A changed configuration was not taken over: {@code unreadable}, {@code invalid} or {@code restart-needed}. */
    record ConfigurationRefused(String reason) implements SecurityEvent {}

    /** Something on the ops port. */
    sealed interface OperatorEvent extends SecurityEvent {}

    /**
     * An operator listed or ended sessions.
     *
     * @param operator how they were known
     * @param action {@code list} or {@code end}
     * @param target whose sessions, or which
     * @param sessions how many there were
     */
    record OperatorActed(String operator, String action, String target, long sessions) implements OperatorEvent {}

    /** An operator tried to, and it failed; some sessions may have ended. */
    record OperatorFailed(String operator, String action, String target) implements OperatorEvent {}

    /** Somebody who is not known as an operator tried to use the ops port, from this network address. */
    record OperatorRefused(String address) implements OperatorEvent {}
}
