package io.gatehouse.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.emulator.http.Json;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.node.ObjectNode;

class WebhookIT {

    @RegisterExtension
    static final RunningEmulator EMULATOR = new RunningEmulator();

    private final App app = EMULATOR.app();
    private final Browser browser = new Browser();

    private final Control control = EMULATOR.control();
    private final Receiver receiver = new Receiver();

    @AfterEach
    void close() {
        receiver.close();
    }

    @Test
    void signatureIsTheHmacOfTheBody() throws Exception {
        String key = register("PostSignIn");
        browser.signIn(app.request());

        var sent = receiver.next();

        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        assertThat(sent.header("Logto-signature-sha-256"))
                .isEqualTo(HexFormat.of().formatHex(mac.doFinal(sent.body().getBytes(StandardCharsets.UTF_8))));
        assertThat(sent.header("User-agent")).isEqualTo("Logto (https://logto.io/)");
    }

    @Test
    void postSignInTellsWhoAndWhere() {
        register("PostSignIn");
        browser.signIn(app.request());

        var body = json(receiver.next());

        assertThat(body.propertyNames())
                .containsExactly(
                        "event",
                        "createdAt",
                        "interactionEvent",
                        "sessionId",
                        "userAgent",
                        "userId",
                        "userIp",
                        "user",
                        "application",
                        "hookId");
        assertThat(body.path("createdAt").asString()).matches("[\\d-]+T[\\d:]+\\.\\d{3}Z");
        assertThat(body.path("userAgent").asString()).isEqualTo("test-browser");
        assertThat(body.at("/user/username").asString()).isEqualTo("alice");
        assertThat(body.at("/user/primaryPhone").isNull()).isTrue();
        assertThat(body.at("/user/lastSignInAt").asLong()).isPositive();
        assertThat(body.at("/application/type").asString()).isEqualTo("Traditional");
    }

    @Test
    void signingUpIsPostRegisterAndUserCreated() {
        register("PostRegister", "User.Created", "PostSignIn");

        browser.signIn(app.request().with("first_screen", "register"), "carol", "Correct-Horse-7");

        assertThat(List.of(event(), event())).containsExactlyInAnyOrder("PostRegister", "User.Created");
        assertThat(receiver.count()).isZero();
    }

    @Test
    void adminsChangesAreDataEvents() {
        register(
                "User.Created",
                "User.Data.Updated",
                "User.SuspensionStatus.Updated",
                "User.Deleted",
                "Role.Data.Updated",
                "Organization.Membership.Updated");

        control.post("/control/users", Map.of("username", "carol"));
        assertThat(event()).isEqualTo("User.Created");
        control.patch("/control/users/carol", Map.of("name", "Carol"));
        assertThat(event()).isEqualTo("User.Data.Updated");
        control.put("/control/roles/bookseller", Map.of());
        assertThat(event()).isEqualTo("Role.Data.Updated");
        control.put("/control/organizations/acmebooks001/users/carol", Map.of());
        var membership = json(receiver.next());
        assertThat(membership.path("organizationId").asString()).isEqualTo("acmebooks001");
        assertThat(membership.path("addedUserIds").size()).isEqualTo(1);
        control.patch("/control/users/carol/is-suspended", Map.of("isSuspended", true));
        var suspension = json(receiver.next());
        assertThat(suspension.path("event").asString()).isEqualTo("User.SuspensionStatus.Updated");
        assertThat(suspension.path("matchedRoute").asString()).isEqualTo("/users/:userId/is-suspended");
        assertThat(suspension.at("/data/isSuspended").asBoolean()).isTrue();
        control.delete("/control/users/carol");
        assertThat(event()).isEqualTo("User.Deleted");
    }

    @Test
    void changesOfRolesAreEventsOfTheirOwn() {
        register("Role.Created", "Role.Data.Updated", "Role.Scopes.Updated", "Role.Deleted");

        control.put("/control/roles/reader", Map.of());
        assertThat(event()).isEqualTo("Role.Created");
        control.put("/control/roles/reader", Map.of("isDefault", true));
        assertThat(event()).isEqualTo("Role.Data.Updated");
        control.put("/control/roles/reader", Map.of("scopes", Map.of(App.BOOKS, List.of("read:books"))));
        var scopes = json(receiver.next());
        assertThat(scopes.path("event").asString()).isEqualTo("Role.Scopes.Updated");
        assertThat(scopes.path("matchedRoute").asString()).isEqualTo("/roles/:id/scopes");
        control.delete("/control/roles/reader");
        assertThat(event()).isEqualTo("Role.Deleted");
    }

    @Test
    void resetPasswordIsAnEvent() {
        register("PostResetPassword");

        browser.signIn(app.request().with("first_screen", "reset_password"), "bob", "New-Password-9");

        assertThat(event()).isEqualTo("PostResetPassword");
    }

    @Test
    void failingReceiverIsTriedAgain() {
        register("User.Data.Updated");
        receiver.failNext(2);

        control.patch("/control/users/alice", Map.of("name", "Alice"));

        var first = receiver.next();
        var second = receiver.next();
        var third = receiver.next();
        assertThat(List.of(second.body(), third.body())).containsOnly(first.body());
    }

    @Test
    void otherEventsAreNotSent() {
        register("PostSignIn");

        control.patch("/control/users/alice", Map.of("name", "Alice"));
        browser.signIn(app.request());

        assertThat(event()).isEqualTo("PostSignIn");
    }

    private String register(String... events) {
        return control.post("/control/webhooks", Map.of("url", receiver.url(), "events", List.of(events)))
                .text("signingKey");
    }

    private String event() {
        return json(receiver.next()).path("event").asString();
    }

    private static ObjectNode json(Receiver.Received received) {
        return Json.readObject(received.body()).orElseThrow();
    }
}
