package io.gatehouse.gateway.audit;

import org.jspecify.annotations.Nullable;

/** Something an auditor counts. Identifiers only: no token, no claim value, no address with its query. */
public sealed interface SecurityEvent {

    /** Somebody signed in, and a session began. */
    record SignedIn(String subject, @Nullable String sid) implements SecurityEvent {}

    /**
     * A sign-in came back and was not accepted. The reason is a problem slug, the code what the IdP or the check said.
     */
    record SignInFailed(String reason, String code) implements SecurityEvent {}

    /** A token for an API resource was issued by refresh. */
    record TokenRefreshed(String subject, @Nullable String sid, String resource) implements SecurityEvent {}

    /** A session ended. The reason is {@code sign-out} or a problem slug. */
    record SessionEnded(String subject, @Nullable String sid, String reason, boolean grantRevoked)
            implements SecurityEvent {}

    /** Somebody ended a session that this replica cannot read, so nobody knows whose it was. Its grant stays. */
    record UnreadableSessionEnded(String reason) implements SecurityEvent {}

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
}
