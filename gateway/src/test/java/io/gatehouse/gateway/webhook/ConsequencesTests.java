package io.gatehouse.gateway.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.gatehouse.gateway.problem.GatewayException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConsequencesTests {

    @Test
    void whoIsSuspendedMayNotBeSignedIn() {
        assertThat(consequence("User.SuspensionStatus.Updated", "'data':{'id':'u1','isSuspended':true}"))
                .isEqualTo(new Consequence.EndSessions("u1"));
        assertThat(consequence("User.SuspensionStatus.Updated", "'data':{'id':'u1','isSuspended':false}"))
                .isEqualTo(new Consequence.Nothing());
    }

    @Test
    void whoIsDeletedMayNotBeSignedIn() {
        assertThat(consequence("User.Deleted", "'data':{'id':'u1'}")).isEqualTo(new Consequence.EndSessions("u1"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'params':{'userId':'u1'}",
                "'data':null,'params':{'userId':'u1'}",
                "'data':{'id':' '},'params':{'userId':'u1'}"
            })
    void userIsNamedByThePathIfNotShown(String members) {
        assertThat(consequence("User.Deleted", members)).isEqualTo(new Consequence.EndSessions("u1"));
    }

    @Test
    void whoseDataChangeGetsNewTokens() {
        assertThat(consequence("User.Data.Updated", "'data':{'id':'u1'}"))
                .isEqualTo(new Consequence.RenewTokens(Set.of("u1")));
    }

    @Test
    void whoJoinsOrLeavesAnOrganizationGetsNewTokens() {
        assertThat(consequence(
                        "Organization.Membership.Updated",
                        "'organizationId':'o','addedUserIds':['u1'],'removedUserIds':['u2']"))
                .isEqualTo(new Consequence.RenewTokens(Set.of("u1", "u2")));
        assertThat(consequence("Organization.Membership.Updated", "'organizationId':'o','addedApplicationIds':['a']"))
                .isEqualTo(new Consequence.Nothing());
    }

    @Test
    void unknownMembersAreEverybody() {
        String full = IntStream.range(0, 5_000).mapToObj(i -> "'u" + i + "'").collect(Collectors.joining(","));

        assertThat(consequence("Organization.Membership.Updated", "'organizationId':'o'"))
                .isEqualTo(new Consequence.RenewAllTokens());
        assertThat(consequence("Organization.Membership.Updated", "'removedUserIds':[" + full + "]"))
                .isEqualTo(new Consequence.RenewAllTokens());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
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
                "OrganizationScope.Deleted"
            })
    void changedRightsAreEverybodys(String event) {
        assertThat(consequence(event, "'params':{'id':'r1'}")).isEqualTo(new Consequence.RenewAllTokens());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PostSignIn",
                "PostRegister",
                "PostResetPassword",
                "User.Created",
                "Role.Created",
                "Scope.Created",
                "Organization.Created",
                "Organization.Data.Updated",
                "Identifier.Lockout",
                "Something.New"
            })
    void whatDoesNotMatterIsIgnored(String event) {
        assertThat(consequence(event, "'userId':'u1'")).isEqualTo(new Consequence.Nothing());
    }

    /** Logto's console sends such a body for every event that a webhook is to be tried with. */
    @ParameterizedTest
    @ValueSource(strings = {"User.Deleted", "User.SuspensionStatus.Updated", "User.Data.Updated"})
    void trialNamesNobody(String event) {
        assertThat(consequence(event, "'params':{'id':'fake-id'},'data':{'result':'success'}"))
                .isEqualTo(new Consequence.Nothing());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "null",
                "\"text\"",
                "{\"event\":\"User.Deleted\"}",
                "{\"createdAt\":\"2026-11-22T08:47:27.289Z\"}",
                "{\"event\":\" \",\"createdAt\":\"2026-11-22T08:47:27.289Z\"}",
                "{\"event\":\"User.Deleted\",\"createdAt\":\"yesterday\"}",
                "{\"event\":\"User.Deleted\",\"createdAt\":1795337247289}"
            })
    void whatIsNoWebhookIsRefused(String body) {
        assertThatExceptionOfType(GatewayException.class)
                .isThrownBy(() -> Webhook.read(body.getBytes(StandardCharsets.UTF_8)))
                .withMessage("malformed");
    }

    private static Consequence consequence(String event, String members) {
        String body = "{'event':'" + event + "','createdAt':'2026-11-22T08:47:27.289Z'," + members + "}";
        return Consequences.of(Webhook.read(body.replace('\'', '"').getBytes(StandardCharsets.UTF_8)));
    }
}
