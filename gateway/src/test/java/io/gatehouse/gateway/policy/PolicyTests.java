package io.gatehouse.gateway.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PolicyTests {

    private static final Facts CLERK = facts("clerk", 0);
    private static final Facts ADMIN = facts("admin", 0);

    @Test
    void everyRuleForTheMethodHasToBeMet() {
        var policy = new Policy(List.of(rule("", "", "role:clerk"), rule("", "POST", "role:admin")));

        assertThat(policy.refusing("GET", CLERK)).isEmpty();
        assertThat(policy.refusing("POST", CLERK).map(policy::name)).hasValue("1");
        assertThat(policy.refusing("POST", ADMIN).map(policy::name)).hasValue("0");
    }

    @Test
    void ruleHasItsOwnNameOrItsNumber() {
        var policy = new Policy(List.of(rule("", "", "role:clerk"), rule("staff", "", "role:admin")));

        assertThat(policy.rules()).extracting(policy::name).containsExactly("0", "staff");
    }

    @Test
    void ruleForGetHoldsForHead() {
        assertThat(new Policy(List.of(rule("", "get", "role:admin"))).refusing("HEAD", CLERK))
                .isPresent();
        assertThat(new Policy(List.of(rule("", "HEAD", "role:admin"))).refusing("GET", CLERK))
                .isEmpty();
    }

    @Test
    void oneOfAnyIsEnoughAndAllOfAllAreNeeded() {
        var rule = new AccessRule(
                "",
                Set.of(),
                conditions("role:clerk", "network:10.0.0.0/8"),
                conditions("role:admin", "role:clerk"),
                false);

        assertThat(rule.isMetBy(CLERK)).isTrue();
        assertThat(rule.isMetBy(ADMIN)).isFalse();
        assertThat(rule.findings(ADMIN))
                .extracting(finding -> finding.condition() + " " + finding.isMet())
                .containsExactly("role:clerk false", "network:10.0.0.0/8 true", "role:admin true", "role:clerk false");
    }

    @Test
    void ruleThatIsOnlyTriedRefusesNobody() {
        var tried = new AccessRule("", Set.of(), conditions("role:admin"), List.of(), true);
        var policy = new Policy(List.of(tried, rule("", "", "role:clerk")));

        assertThat(policy.refusing("GET", CLERK)).isEmpty();
        assertThat(policy.shadowing("GET", CLERK)).containsExactly(tried);
        assertThat(policy.shadowing("GET", ADMIN)).isEmpty();
    }

    @Test
    void signingInAgainHelpsOnlyWhereNothingElseIsMissing() {
        var rule = new AccessRule("", Set.of(), conditions("role:clerk", "signed-in-within:5m"), List.of(), false);

        assertThat(rule.isMetBy(facts("clerk", 600))).isFalse();
        assertThat(rule.asksForSignInOnly(facts("clerk", 600))).isTrue();
        assertThat(rule.asksForSignInOnly(facts("admin", 600))).isFalse();
    }

    @Test
    void strictestRuleSaysHowRecentASignInHasToBe() {
        var policy = new Policy(List.of(rule("", "", "signed-in-within:1h"), rule("", "POST", "signed-in-within:15m")));

        assertThat(policy.mostRecentSignIn()).hasValue(Duration.ofMinutes(15));
        assertThat(new Policy(List.of()).mostRecentSignIn()).isEmpty();
    }

    private static AccessRule rule(String id, String method, String condition) {
        return new AccessRule(
                id, method.isEmpty() ? Set.of() : Set.of(method), conditions(condition), List.of(), false);
    }

    private static List<Condition> conditions(String... written) {
        return Stream.of(written).map(Condition::of).toList();
    }

    private static Facts facts(String role, long secondsAgo) {
        Instant now = Instant.parse("2026-05-01T12:00:00Z");
        Map<String, Object> claims = Map.of(
                "roles",
                List.of(role),
                "auth_time",
                now.minusSeconds(secondsAgo).getEpochSecond());
        return new Facts(claims, Map.of(), Set.of(), Map.of(), InetAddress.ofLiteral("10.0.0.1"), now);
    }
}
