package io.gatehouse.gateway.audit;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.config.YamlPropertiesFactoryBean;
import org.springframework.core.io.ClassPathResource;

class AuditLogTests {

    private final Logger logger = (Logger) LoggerFactory.getLogger(AuditLog.NAME);
    private final ListAppender<ILoggingEvent> written = new ListAppender<>();
    private final AuditLog audit = new AuditLog();

    @BeforeEach
    void listen() {
        written.start();
        logger.addAppender(written);
    }

    @AfterEach
    void stopListening() {
        logger.detachAppender(written);
    }

    @ParameterizedTest
    @MethodSource
    void everyEventIsOneLineWithItsFields(SecurityEvent event, String line) {
        audit.record(event);

        assertThat(written.list)
                .singleElement()
                .extracting(AuditLogTests::formatted)
                .isEqualTo(line);
    }

    static Stream<Arguments> everyEventIsOneLineWithItsFields() {
        return Stream.of(
                Arguments.of(
                        new SecurityEvent.ConfigurationReloaded(Set.of("gatehouse.routes")),
                        "configuration reloaded keys=\"[gatehouse.routes]\""),
                Arguments.of(
                        new SecurityEvent.ConfigurationRefused("invalid"), "configuration refused reason=\"invalid\""),
                Arguments.of(new SecurityEvent.SignedIn("alice", "s1"), "signed in subject=\"alice\" sid=\"s1\""),
                Arguments.of(new SecurityEvent.SignedIn("alice", null), "signed in subject=\"alice\""),
                Arguments.of(
                        new SecurityEvent.SignInFailed("flow-unknown", "why"),
                        "sign-in failed reason=\"flow-unknown\" code=\"why\""),
                Arguments.of(
                        new SecurityEvent.TokenRefreshed("alice", "s1", "https://api", ""),
                        "token refreshed subject=\"alice\" sid=\"s1\" resource=\"https://api\""),
                Arguments.of(
                        new SecurityEvent.TokenRefreshed("alice", "s1", "https://api", "acme"),
                        "token refreshed subject=\"alice\" sid=\"s1\" resource=\"https://api\" organization=\"acme\""),
                Arguments.of(
                        new SecurityEvent.TokenRefreshed("alice", "s1", "", ""),
                        "token refreshed subject=\"alice\" sid=\"s1\""),
                Arguments.of(
                        new SecurityEvent.SessionEnded("alice", "s1", "sign-out", true),
                        "session ended subject=\"alice\" sid=\"s1\" reason=\"sign-out\" grantRevoked=\"true\""),
                Arguments.of(
                        new SecurityEvent.SignedOutEverywhere("alice", "s1", 3),
                        "signed out everywhere subject=\"alice\" sid=\"s1\" sessions=\"3\""
                                + " otherGrantsRevoked=\"false\""),
                Arguments.of(
                        new SecurityEvent.UnreadableSessionEnded("sign-out"),
                        "unreadable session ended reason=\"sign-out\""),
                Arguments.of(
                        new SecurityEvent.AccessDenied("alice", "s1", "admin.0", false),
                        "access denied subject=\"alice\" sid=\"s1\" rule=\"admin.0\" shadow=\"false\""),
                Arguments.of(
                        new SecurityEvent.AccessDenied("", null, "admin.trial", true),
                        "access would be denied subject=\"\" rule=\"admin.trial\" shadow=\"true\""),
                Arguments.of(
                        new SecurityEvent.CrossSiteRequestRefused("alice", "s1"),
                        "cross-site request refused subject=\"alice\" sid=\"s1\""),
                Arguments.of(
                        new SecurityEvent.BearerTokenRefused("api", "exp is past"),
                        "bearer token refused route=\"api\" code=\"exp is past\""),
                Arguments.of(
                        new SecurityEvent.BackChannelLogout("alice", "s1", 2),
                        "back-channel logout accepted subject=\"alice\" sid=\"s1\" sessions=\"2\""),
                Arguments.of(
                        new SecurityEvent.BackChannelLogout(null, "s1", 0),
                        "back-channel logout accepted sid=\"s1\" sessions=\"0\""),
                Arguments.of(
                        new SecurityEvent.BackChannelLogoutRefused("issued-at"),
                        "back-channel logout refused reason=\"issued-at\""),
                Arguments.of(
                        new SecurityEvent.WebhookReceived("User.Deleted", "sessions-ended", "alice", 3),
                        "webhook received event=\"User.Deleted\" outcome=\"sessions-ended\" subject=\"alice\""
                                + " sessions=\"3\""),
                Arguments.of(
                        new SecurityEvent.WebhookRefused("invalid-request", "too-old"),
                        "webhook refused reason=\"invalid-request\" code=\"too-old\""),
                Arguments.of(
                        new SecurityEvent.OperatorActed("ops key", "end", "all", 7),
                        "operator acted operator=\"ops key\" action=\"end\" target=\"all\" sessions=\"7\""),
                Arguments.of(
                        new SecurityEvent.OperatorFailed("ops key", "list", "subject=alice"),
                        "operator failed operator=\"ops key\" action=\"list\" target=\"subject=alice\""),
                Arguments.of(new SecurityEvent.OperatorRefused("10.0.0.7"), "operator refused address=\"10.0.0.7\""));
    }

    @Test
    void nobodyCanForgeALine() {
        audit.record(new SecurityEvent.SignedIn("eve\r\n2026-11-22T10:00:00Z INFO gatehouse.audit : signed in", null));

        assertThat(formatted(written.list.getFirst()).lines().skip(1))
                .isNotEmpty()
                .allMatch(line -> line.startsWith("    "));
    }

    /** The message and the fields, as the console of a gateway shows them. */
    private static String formatted(ILoggingEvent event) {
        var yaml = new YamlPropertiesFactoryBean();
        yaml.setResources(new ClassPathResource("application.yaml"));
        Properties defaults = Objects.requireNonNull(yaml.getObject());
        String pattern = defaults.getProperty("logging.pattern.console");
        PatternLayout layout = new PatternLayout();
        layout.setContext((LoggerContext) LoggerFactory.getILoggerFactory());
        layout.setPattern(pattern.substring(pattern.indexOf("%replace"), pattern.indexOf("%n")));
        layout.start();
        return layout.doLayout(event);
    }
}
