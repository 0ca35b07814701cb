package io.gatehouse.emulator.client;

import io.gatehouse.emulator.http.Parameters;
import io.gatehouse.emulator.problem.OidcProblem;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.Collectors;

/** Parameters sent twice (RFC 6749, section 3.1); only {@code resource} may be (RFC 8707, section 2). */
public final class RepeatedParameters {

    private RepeatedParameters() {}

    /**
     * Insists that there are none.
     *
     * @throws OidcProblem naming them
     */
    public static void refuse(Parameters sent) {
        List<String> repeated = in(sent);
        if (repeated.isEmpty()) {
            return;
        }
        String names = repeated.stream().map(it -> "'" + it + "'").collect(Collectors.joining(" and "));
        throw OidcProblem.invalidRequest(
                names + (repeated.size() == 1 ? " parameter" : " parameters") + " must not be provided twice");
    }

    /** What can still be relied upon, to answer the refusal. */
    public static Parameters dropFrom(Parameters sent) {
        var names = new LinkedHashSet<>(sent.names());
        in(sent).forEach(names::remove);
        return sent.only(names);
    }

    private static List<String> in(Parameters sent) {
        return sent.repeated().stream().filter(it -> !it.equals("resource")).toList();
    }
}
