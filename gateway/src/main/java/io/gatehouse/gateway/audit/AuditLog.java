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
            case SecurityEvent.SignInFailed it ->
                line.addKeyValue("reason", it.reason())
                        .addKeyValue("code", it.code())
                        .log("sign-in failed");
            case SecurityEvent.TokenRefreshed it ->
                who(line, it.subject(), it.sid())
                        .addKeyValue("resource", it.resource())
                        .log("token refreshed");
            case SecurityEvent.SessionEnded it -> record(line, it);
            case SecurityEvent.UnreadableSessionEnded it ->
                line.addKeyValue("reason", it.reason()).log("unreadable session ended");
            case SecurityEvent.CrossSiteRequestRefused it ->
                who(line, it.subject(), it.sid()).log("cross-site request refused");
        }
    }

    private static void record(LoggingEventBuilder line, SecurityEvent.SessionEnded ended) {
        who(line, ended.subject(), ended.sid())
                .addKeyValue("reason", ended.reason())
                .addKeyValue("grantRevoked", ended.grantRevoked())
                .log("session ended");
    }

    private static LoggingEventBuilder who(LoggingEventBuilder line, String subject, @Nullable String sid) {
        LoggingEventBuilder named = line.addKeyValue("subject", subject);
        return sid == null ? named : named.addKeyValue("sid", sid);
    }
}
