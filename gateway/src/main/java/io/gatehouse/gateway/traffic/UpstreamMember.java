package io.gatehouse.gateway.traffic;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** One of the addresses of an upstream, and whether it could be reached when it was last tried. */
final class UpstreamMember {

    /** For so long no request goes to an address that could not be reached. */
    static final Duration ASIDE = Duration.ofSeconds(10);

    private static final Instant NEVER = Instant.MIN;

    private final URI address;
    private final Clock clock;
    private volatile Instant asideSince = NEVER;

    UpstreamMember(URI address, Clock clock) {
        this.address = address;
        this.clock = clock;
    }

    URI address() {
        return address;
    }

    /** Whether it has never been set aside since it was reached, or for long enough. */
    boolean isUsable() {
        return !clock.instant().isBefore(asideSince.plus(ASIDE));
    }

    /** Since when it has been set aside; the beginning of time if it is not. */
    Instant asideSince() {
        return asideSince;
    }

    /** Notes that a request is about to find out about it: meanwhile no other one has to. */
    void probe() {
        if (!asideSince.equals(NEVER)) {
            asideSince = clock.instant();
        }
    }

    /** Notes that it could not be reached. False if that was known. */
    boolean setAside() {
        boolean isNew = asideSince.equals(NEVER);
        asideSince = clock.instant();
        return isNew;
    }

    /** Notes that it was reached. False if that was known. */
    boolean takeBack() {
        boolean isNew = !asideSince.equals(NEVER);
        asideSince = NEVER;
        return isNew;
    }
}
