package io.gatehouse.emulator.authorize;

import io.gatehouse.emulator.http.Parameters;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How the authorization response travels. */
enum ResponseMode {
    QUERY,
    FRAGMENT,
    FORM_POST;

    static Optional<ResponseMode> of(String label) {
        return Arrays.stream(values())
                .filter(it -> it.name().toLowerCase(Locale.ROOT).equals(label))
                .findFirst();
    }

    /**
     * The mode asked for, or the one that goes with the response type: whatever carries a token stays off the query.
     */
    static ResponseMode of(Parameters sent) {
        boolean frontChannel =
                sent.first("response_type").filter(it -> it.contains("token")).isPresent();
        return sent.first("response_mode").flatMap(ResponseMode::of).orElse(frontChannel ? FRAGMENT : QUERY);
    }
}
