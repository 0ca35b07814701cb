package io.gatehouse.gateway.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetAddress;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConditionTests {

    private static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");

    private static final Map<String, Object> ALICE = Map.ofEntries(
            Map.entry("sub", "alice"),
            Map.entry("roles", List.of("bookseller", "clerk")),
            Map.entry("organizations", List.of("org1", "org2")),
            Map.entry("organization_roles", List.of("org1:admin", "org2:member")),
            Map.entry("email", "alice@Corp.example"),
            Map.entry("email_verified", true),
            Map.entry("department", "sales"),
            Map.entry("level", 7),
            Map.entry("staff", true),
            Map.entry("groups", List.of("Sales EU", 42)),
            Map.entry("custom_data", Map.of("tier", "gold", "inner", Map.of("deep", "yes"))),
            Map.entry("https://claims.example/team", "red"),
            Map.entry("sso_identities", List.of(Map.of("issuer", "https://acme.okta.com", "identityId", "1"))),
            Map.entry("auth_time", NOW.minusSeconds(600).getEpochSecond()));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "role:clerk | true",
                "role:Clerk | false",
                "role:admin | false",
                "scope:read:books | true",
                "scope:write:books | false",
                "organization:org1 | true",
                "organization:acme | true",
                "organization:org3 | false",
                "organization-role:org1:admin | true",
                "organization-role:acme:admin | true",
                "organization-role:org2:admin | false",
                "organization-role:org1:admin:x | false",
                "claim:department equals sales | true",
                "claim:department equals sale | false",
                "claim:level equals 7 | true",
                "claim:staff equals true | true",
                "claim:roles equals clerk | false",
                "claim:groups contains Sales EU | true",
                "claim:groups contains 42 | true",
                "claim:groups contains Sales | false",
                "claim:department contains sal | false",
                "claim:department matches sa.* | true",
                "claim:department matches a | false",
                "claim:groups matches Sales .. | true",
                "claim:custom_data.tier equals gold | true",
                "claim:custom_data.inner.deep equals yes | true",
                "claim:custom_data.none equals gold | false",
                "claim:department.tier equals gold | false",
                "claim:https://claims.example/team equals red | true",
                "claim:missing equals null | false",
                "claim:custom_data matches .* | false",
                "token-claim:connector equals okta | true",
                "token-claim:department equals sales | false",
                "email-domain:corp.example | true",
                "email-domain:CORP.example | true",
                "email-domain:orp.example | false",
                "has-sso-identity:https://acme.okta.com | true",
                "has-sso-identity:https://acme.okta.com/ | false",
                "signed-in-within:10m | true",
                "signed-in-within:9m | true",
                "signed-in-within:8m | false",
                "network:203.0.113.0/24 | true",
                "network:203.0.114.0/24 | false",
            })
    void conditionLooksAtWhatItNames(String written, boolean isMet) {
        var facts = new Facts(
                ALICE,
                Map.of("connector", "okta"),
                Set.of("read:books"),
                Map.of("acme", "org1"),
                InetAddress.ofLiteral("203.0.113.9"),
                NOW);

        assertThat(isMet(written, facts)).isEqualTo(isMet);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "role:clerk",
                "scope:read:books",
                "organization:org1",
                "organization-role:org1:admin",
                "claim:department equals sales",
                "token-claim:connector equals okta",
                "email-domain:corp.example",
                "has-sso-identity:https://acme.okta.com",
                "signed-in-within:10m",
            })
    void whoIsNotKnownMeetsNothing(String written) {
        assertThat(isMet(written, facts(Map.of()))).isFalse();
    }

    /** Prevents the class of CVE-2026-40574. */
    @ParameterizedTest
    @CsvSource({
        "a@corp.example, true, true",
        "a@CORP.example, true, true",
        "a@evil.example@corp.example, true, false",
        "@corp.example, true, false",
        "corp.example, true, false",
        "a@corp.example, false, false",
        "'a b@corp.example', true, false"
    })
    void s57AddressHasOneAtAndIsVerified(String email, boolean isVerified, boolean isMet) {
        assertThat(isMet("email-domain:corp.example", facts(Map.of("email", email, "email_verified", isVerified))))
                .isEqualTo(isMet);
    }

    @Test
    void s57AddressIsVerifiedByAValueOfTruthOnlyAndEndsWhereItEnds() {
        assertThat(isMet("email-domain:corp.example", facts(Map.of("email", "a@corp.example"))))
                .isFalse();
        assertThat(isMet(
                        "email-domain:corp.example",
                        facts(Map.of("email", "a@corp.example", "email_verified", "true"))))
                .isFalse();
        assertThat(isMet(
                        "email-domain:corp.example",
                        facts(Map.of("email", "a@corp.example\n", "email_verified", true))))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"role:clerk", "organization:org1", "claim:a.b equals c", "has-sso-identity:i"})
    void claimOfAnotherTypeMeetsNothing(String written) {
        Map<String, Object> odd = new TreeMap<>();
        List.of("roles", "organizations", "a", "sso_identities").forEach(name -> odd.put(name, "clerk"));

        assertThat(isMet(written, facts(odd))).isFalse();
        odd.replaceAll((name, value) -> Arrays.asList(null, 7, Map.of()));
        assertThat(isMet(written, facts(odd))).isFalse();
    }

    @Test
    void whatFailsIsNotMet() {
        String deep = "claim:text matches (a|b|ab)*c";

        assertThat(isMet(deep, facts(Map.of("text", "ab".repeat(500))))).isFalse();
        assertThat(isMet("claim:text matches .*", facts(Map.of("text", "a".repeat(1001)))))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "admin",
                "role",
                "role:",
                "roles:admin",
                "role: ",
                "organization-role:admin",
                "organization-role::admin",
                "claim:department",
                "claim:department is sales",
                "claim:department equals",
                "claim:department matches [",
                "email-domain:corp",
                "email-domain:@corp.example",
                "signed-in-within:10",
                "signed-in-within:soon",
                "network:office",
                "network:10.0.0.0/40"
            })
    void whatIsNoConditionIsRefused(String written) {
        assertThatIllegalArgumentException().isThrownBy(() -> Condition.of(written));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "role:clerk",
                "scope:read:books",
                "organization:org1",
                "organization-role:org1:admin",
                "claim:department equals sales",
                "claim:groups contains staff",
                "token-claim:connector matches o.*",
                "email-domain:corp.example",
                "has-sso-identity:https://acme.okta.com",
                "signed-in-within:600s",
                "network:10.0.0.0/8",
            })
    void isPrintedAsItIsWritten(String written) {
        assertThat(Condition.of(written)).hasToString(written);
    }

    private static boolean isMet(String written, Facts facts) {
        return new AccessRule("", Set.of(), List.of(Condition.of(written)), List.of(), false).isMetBy(facts);
    }

    private static Facts facts(Map<String, Object> claims) {
        return new Facts(claims, Map.of(), Set.of(), Map.of(), InetAddress.ofLiteral("203.0.113.9"), NOW);
    }
}
