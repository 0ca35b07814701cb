package io.gatehouse.gateway.ops;

import io.gatehouse.gateway.problem.GatewayException;
import io.gatehouse.gateway.problem.ProblemType;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import org.springframework.util.MultiValueMap;

/**
 * Which sessions an operator means. Whatever could be a slip of the pen is refused with
 * {@link ProblemType#INVALID_REQUEST} and the reason: a parameter that is overlooked might end everybody's.
 */
sealed interface SessionSelection {

    /** Those of a person. */
    record OfUser(String issuer, String subject) implements SessionSelection {

        @Override
        public String toString() {
            return "subject=" + subject + " issuer=" + issuer;
        }
    }

    /** A single one. */
    record One(String handle) implements SessionSelection {

        @Override
        public String toString() {
            return "handle=" + handle;
        }
    }

    /** Every one there is. */
    record All() implements SessionSelection {

        @Override
        public String toString() {
            return "all";
        }
    }

    /**
     * Reads {@code subject=...[&issuer=...]} or {@code all=true}.
     *
     * @param issuer unless another one is named
     */
    static SessionSelection read(MultiValueMap<String, String> query, String issuer) {
        if (!query.containsKey("all")) {
            return readUser(query, issuer);
        }
        refuseAllBut(List.of("all"), query);
        return single(query, "all")
                .filter("true"::equals)
                .map(yes -> new All())
                .orElseThrow(() -> refused("all can only be true"));
    }

    /** Reads {@code subject=...[&issuer=...]}. */
    static OfUser readUser(MultiValueMap<String, String> query, String issuer) {
        refuseAllBut(List.of("subject", "issuer"), query);
        String from = single(query, "issuer").orElse(issuer);
        return single(query, "subject")
                .map(subject -> new OfUser(from, subject))
                .orElseThrow(() -> refused("subject is missing"));
    }

    /** The one that the path names; its query has to be empty. */
    static One readOne(String handle, MultiValueMap<String, String> query) {
        refuseAllBut(List.of(), query);
        return new One(handle);
    }

    private static void refuseAllBut(List<String> known, MultiValueMap<String, String> query) {
        Optional<String> other =
                query.keySet().stream().filter(Predicate.not(known::contains)).findFirst();
        if (other.isPresent()) {
            throw refused(other.get() + " is not a parameter here, or not together with the others");
        }
    }

    private static Optional<String> single(MultiValueMap<String, String> query, String name) {
        List<String> values = query.getOrDefault(name, List.of());
        if (values.size() > 1) {
            throw refused(name + " is given more than once");
        }
        Optional<String> value =
                values.stream().map(it -> Objects.requireNonNullElse(it, "")).findFirst();
        if (value.filter(String::isBlank).isPresent()) {
            throw refused(name + " is empty");
        }
        return value;
    }

    private static GatewayException refused(String why) {
        return GatewayException.of(ProblemType.INVALID_REQUEST, why);
    }
}
