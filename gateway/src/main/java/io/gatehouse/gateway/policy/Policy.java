package io.gatehouse.gateway.policy;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The rules of a route. A request passes if it meets all of those that are for its method.
 *
 * @param rules in the order in which they are judged
 */
public record Policy(List<AccessRule> rules) {

    public Policy {
        rules = List.copyOf(rules);
    }

    /** Whether nothing is asked of requests of this method. */
    public boolean isSilent(String method) {
        return rules.stream().noneMatch(rule -> rule.isFor(method));
    }

    /** The rules for requests of this method. */
    public List<AccessRule> rulesFor(String method) {
        return rules.stream().filter(rule -> rule.isFor(method)).toList();
    }

    /** The first rule that refuses a request. Empty if none does. */
    public Optional<AccessRule> refusing(String method, Facts facts) {
        return unmet(method, facts).filter(rule -> !rule.shadow()).findFirst();
    }

    /** The rules that would refuse a request, were they not only tried. */
    public List<AccessRule> shadowing(String method, Facts facts) {
        return unmet(method, facts).filter(AccessRule::shadow).toList();
    }

    private Stream<AccessRule> unmet(String method, Facts facts) {
        return rules.stream().filter(rule -> rule.isFor(method)).filter(rule -> !rule.isMetBy(facts));
    }

    /** A rule's name within its route: its id, or its number from 0. */
    public String name(AccessRule rule) {
        return rule.id().isEmpty() ? Integer.toString(rules.indexOf(rule)) : rule.id();
    }

    /** How long ago a sign-in may be for the strictest rule that asks for a recent one. Empty if none does. */
    public Optional<Duration> mostRecentSignIn() {
        return conditions()
                .filter(Condition.SignedInWithin.class::isInstance)
                .map(condition -> ((Condition.SignedInWithin) condition).time())
                .min(Comparator.naturalOrder());
    }

    /** Every condition there is. */
    public Stream<Condition> conditions() {
        return rules.stream().flatMap(AccessRule::conditions);
    }
}
