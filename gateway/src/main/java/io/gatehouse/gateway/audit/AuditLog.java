package io.gatehouse.gateway.audit;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/** Writes security events to a stream of their own, the logger {@value #NAME}. */
public final class AuditLog {

    /** Route this logger to wherever audit events are kept. */
    public static final String NAME = "gatehouse.audit";

    private static final Logger LOG = LoggerFactory.getLogger(NAME);

    /** Writes one line at level INFO. */
    public void record(SecurityEvent event) {
        LoggingEventBuilder line = LOG.atInfo();
        switch (event) {
            case SecurityEvent.SignedIn it -> who(line, it.subject(), it.sid()).log("signed in");
            case SecurityEvent.SignInFailed it -> record(line, it);
            case SecurityEvent.TokenRefreshed it -> record(line, it);
            case SecurityEvent.SessionEnded it -> record(line, it);
            case SecurityEvent.UnreadableSessionEnded it ->
                reason(line, it.reason()).log("unreadable session ended");
            case SecurityEvent.BearerTokenRefused it ->
                line.addKeyValue("route", it.route())
                        .addKeyValue("code", it.code())
                        .log("bearer token refused");
            case SecurityEvent.SignedOutEverywhere it -> record(line, it);
            case SecurityEvent.AccessDenied it -> record(line, it);
            case SecurityEvent.CrossSiteRequestRefused it ->
                who(line, it.subject(), it.sid()).log("cross-site request refused");
            case SecurityEvent.BackChannelLogout it -> record(line, it);
            case SecurityEvent.BackChannelLogoutRefused it ->
                reason(line, it.reason()).log("back-channel logout refused");
            case SecurityEvent.WebhookReceived it -> record(line, it);
            case SecurityEvent.WebhookRefused it ->
                reason(line, it.reason()).addKeyValue("code", it.code()).log("webhook refused");
            case SecurityEvent.ConfigurationReloaded it ->
                line.addKeyValue("keys", it.keys()).log("configuration reloaded");
            case SecurityEvent.ConfigurationRefused it ->
                reason(line, it.reason()).log("configuration refused");
            case SecurityEvent.OperatorEvent it -> record(line, it);
        }
    }

    private static void record(LoggingEventBuilder line, SecurityEvent.SignInFailed failed) {
        reason(line, failed.reason()).addKeyValue("code", failed.code()).log("sign-in failed");
    }

    private static void record(LoggingEventBuilder line, SecurityEvent.TokenRefreshed refreshed) {
        LoggingEventBuilder whose = who(line, refreshed.subject(), refreshed.sid());
        LoggingEventBuilder what = named(whose, "resource", refreshed.resource());
        named(what, "organization", refreshed.organization()).log("token refreshed");
    }

    private static void record(LoggingEventBuilder line, SecurityEvent.AccessDenied denied) {
        who(line, denied.subject(), denied.sid())
                .addKeyValue("rule", denied.rule())
                .addKeyValue("shadow", denied.shadow())
                .log(denied.shadow() ? "access would be denied" : "access denied");
    }

    private static LoggingEventBuilder named(LoggingEventBuilder line, String name, String value) {
        return value.isEmpty() ? line : line.addKeyValue(name, value);
    }

    private static void record(LoggingEventBuilder line, SecurityEvent.OperatorEvent event) {
        switch (event) {
            case SecurityEvent.OperatorActed it ->
                operator(line, it.operator(), it.action(), it.target())
                        .addKeyValue("sessions", it.sessions())
                        .log("operator acted");
            case SecurityEvent.OperatorFailed it ->
                operator(line, it.operator(), it.action(), it.target()).log("operator failed");
            case SecurityEvent.OperatorRefused it ->
                line.addKeyValue("address", it.address()).log("operator refused");
        }
    }

    private static LoggingEventBuilder operator(
            LoggingEventBuilder line, String operator, String action, String target) {
        return line.addKeyValue("operator", operator)
                .addKeyValue("action", action)
                .addKeyValue("target", target);
    }

    private static void record(LoggingEventBuilder line, SecurityEvent.SessionEnded ended) {
        who(line, ended.subject(), ended.sid())
                .addKeyValue("reason", ended.reason())
                .addKeyValue("grantRevoked", ended.grantRevoked())
                .log("session ended");
    }

    private static void record(LoggingEventBuilder line, SecurityEvent.SignedOutEverywhere all) {
        who(line, all.subject(), all.sid())
                .addKeyValue("sessions", all.sessions())
                .addKeyValue("otherGrantsRevoked", false)
                .log("signed out everywhere");
    }

    private static void record(LoggingEventBuilder line, SecurityEvent.BackChannelLogout logout) {
        who(line, logout.subject(), logout.sid())
                .addKeyValue("sessions", logout.sessions())
                .log("back-channel logout accepted");
    }

    private static void record(LoggingEventBuilder line, SecurityEvent.WebhookReceived webhook) {
        line.addKeyValue("event", webhook.event())
                .addKeyValue("outcome", webhook.outcome())
                .addKeyValue("subject", webhook.subject())
                .addKeyValue("sessions", webhook.sessions())
                .log("webhook received");
    }

    private static LoggingEventBuilder reason(LoggingEventBuilder line, String reason) {
        return line.addKeyValue("reason", reason);
    }

    private static LoggingEventBuilder who(LoggingEventBuilder line, @Nullable String subject, @Nullable String sid) {
        LoggingEventBuilder named = subject == null ? line : line.addKeyValue("subject", subject);
        return sid == null ? named : named.addKeyValue("sid", sid);
    }
}
