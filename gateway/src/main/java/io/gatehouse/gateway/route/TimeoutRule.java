package io.gatehouse.gateway.route;

import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/**
 * How long a route waits for its upstream.
 *
 * @param connect how long a connection to the upstream may take before the request is answered with 504
 * @param firstByte how long the upstream may take from the end of a request to the beginning of its answer before the
 *     request is answered with 504. Empty: {@code gatehouse.relay.first-byte-timeout}
 * @param idle how long no byte may pass, neither way, of an answer that has begun before its connection is broken off,
 *     so that nobody takes the part for the whole. Empty: any time. WebSockets, event streams and gRPC may always be
 *     silent
 */
public record TimeoutRule(
        @DefaultValue("5s") Duration connect,
        @Nullable Duration firstByte,
        @Nullable Duration idle) {

    private static final Duration LONGEST = Duration.ofDays(1);

    /** The rule of the request on whose behalf something happens. Empty if it is nobody's. */
    public static Optional<TimeoutRule> in(ContextView context) {
        return context.getOrEmpty(TimeoutRule.class);
    }

    /** Has everything find this rule that happens on behalf of a request. */
    public Context addTo(Context context) {
        return context.put(TimeoutRule.class, this);
    }

    boolean isReasonable() {
        return Stream.of(Optional.of(connect), Optional.ofNullable(firstByte), Optional.ofNullable(idle))
                .flatMap(Optional::stream)
                .allMatch(TimeoutRule::isReasonable);
    }

    private static boolean isReasonable(Duration timeout) {
        return timeout.toMillis() > 0 && timeout.compareTo(LONGEST) <= 0;
    }
}
