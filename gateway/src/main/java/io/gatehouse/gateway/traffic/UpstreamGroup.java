package io.gatehouse.gateway.traffic;

import io.gatehouse.gateway.route.RouteProperties;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The addresses of one upstream. Requests go to them in turn; those that cannot be reached are left out for a while.
 */
final class UpstreamGroup {

    private static final Logger LOG = LoggerFactory.getLogger(UpstreamGroup.class);

    private final String route;
    private final List<UpstreamMember> members;
    private final AtomicInteger turn = new AtomicInteger();

    UpstreamGroup(RouteProperties route, Clock clock) {
        this.route = route.id();
        this.members = route.upstream().stream()
                .map(address -> new UpstreamMember(address, clock))
                .toList();
    }

    /**
     * The one whose turn it is. If all of them are set aside, the one that has been for the longest time. Empty if all
     * have been tried.
     */
    Optional<UpstreamMember> next(Set<UpstreamMember> tried) {
        List<UpstreamMember> left =
                members.stream().filter(Predicate.not(tried::contains)).toList();
        List<UpstreamMember> usable =
                left.stream().filter(UpstreamMember::isUsable).toList();
        Optional<UpstreamMember> next = usable.isEmpty()
                ? left.stream().min(Comparator.comparing(UpstreamMember::asideSince))
                : Optional.of(usable.get(Math.floorMod(turn.getAndIncrement(), usable.size())));
        next.ifPresent(UpstreamMember::probe);
        return next;
    }

    /** Leaves one out for a while that could not be reached. */
    void setAside(UpstreamMember member, Throwable cause) {
        if (member.setAside()) {
            LOG.atWarn()
                    .addKeyValue("route", route)
                    .addKeyValue("upstream", member.address())
                    .addKeyValue("detail", String.valueOf(cause.getMessage()))
                    .log("upstream address set aside");
        }
    }

    /** Counts one in again that was reached. */
    void takeBack(UpstreamMember member) {
        if (member.takeBack()) {
            LOG.atInfo()
                    .addKeyValue("route", route)
                    .addKeyValue("upstream", member.address())
                    .log("upstream address is back");
        }
    }
}
