package io.gatehouse.gateway.redis;

import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What an operator needs to know of a failure of Lettuce, which wraps what has happened. */
final class Causes {

    private Causes() {}

    /** The messages from the outermost to the innermost. None of Lettuce's has a password in it. */
    static String of(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .map(cause -> cause.getClass().getSimpleName() + ": " + cause.getMessage())
                .distinct()
                .limit(4)
                .collect(Collectors.joining("; "));
    }
}
