package io.gatehouse.gateway.policy;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.ConfigurationPropertiesSource;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What has to hold of the requests of a route.
 *
 * @param id names the rule in answers and logs, behind the route's id; empty: its number
 * @param methods the HTTP methods it is for; empty: every method. One for {@code GET} is for {@code HEAD} as well
 * @param all conditions that have to be met, each of them
 * @param any conditions of which one has to be met
 * @param shadow whether it is only tried: what it would refuse is logged, and passes
 */
@ConfigurationPropertiesSource
public record AccessRule(
        @DefaultValue("") String id,
        @DefaultValue Set<String> methods,
        @DefaultValue List<Condition> all,
        @DefaultValue List<Condition> any,
        @DefaultValue("false") boolean shadow) {

    private static final String NAME = "[A-Za-z0-9_-]{0,64}";

    /** A condition, and whether it was met. */
    public record Finding(Condition condition, boolean isMet) {}

    /** Whether the rule is for requests of this method. */
    public boolean isFor(String method) {
        return methods.isEmpty() || names(method) || (method.equals("HEAD") && names("GET"));
    }

    private boolean names(String method) {
        return methods.stream().anyMatch(method::equalsIgnoreCase);
    }

    /** Whether the rule is met. */
    public boolean isMetBy(Facts facts) {
        return all.stream().allMatch(condition -> isMet(condition, facts))
                && (any.isEmpty() || any.stream().anyMatch(condition -> isMet(condition, facts)));
    }

    /** Whether a more recent sign-in is all that is missing. */
    public boolean asksForSignInOnly(Facts facts) {
        boolean isAllElse = all.stream()
                .filter(condition -> !(condition instanceof Condition.SignedInWithin))
                .allMatch(condition -> isMet(condition, facts));
        return isAllElse && new AccessRule(id, methods, List.of(), any, shadow).isMetBy(facts);
    }

    /** Each condition, and whether it is met: first those of {@link #all}, then those of {@link #any}. */
    public List<Finding> findings(Facts facts) {
        return conditions()
                .map(condition -> new Finding(condition, isMet(condition, facts)))
                .toList();
    }

    /** Every condition there is. */
    public Stream<Condition> conditions() {
        return Stream.concat(all.stream(), any.stream());
    }

    /** What cannot be judged is not met; that includes an expression too deep for the stack. */
    private static boolean isMet(Condition condition, Facts facts) {
        try {
            return condition.isMetBy(facts);
        } catch (RuntimeException | StackOverflowError failure) {
            return false;
        }
    }

    /** Whether it asks for anything at all, and has a name that can be printed. */
    public boolean isReasonable() {
        return id.matches(NAME)
                && conditions().findAny().isPresent()
                && methods.stream().allMatch(method -> method.matches("[A-Za-z]{1,20}"));
    }
}
