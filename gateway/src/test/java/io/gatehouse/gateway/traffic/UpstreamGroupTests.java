package io.gatehouse.gateway.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.gateway.fixture.MutableClock;
import io.gatehouse.gateway.route.RouteProperties;
import java.net.ConnectException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class UpstreamGroupTests {

    private final MutableClock clock = MutableClock.startingNow();
    private final UpstreamGroup group = new UpstreamGroup(
            RouteProperties.of(Map.of("id", "r", "path", "/**", "upstream", "http://a,http://b,http://c")), clock);

    @Test
    void membersTakeTurns() {
        assertThat(hosts(6)).containsExactly("a", "b", "c", "a", "b", "c");
    }

    @Test
    void memberThatIsSetAsideIsLeftOutForAWhile() {
        setAside("b");

        assertThat(hosts(6)).doesNotContain("b").contains("a", "c");
        clock.advance(UpstreamMember.ASIDE.minusMillis(1));
        assertThat(hosts(6)).doesNotContain("b");
        clock.advance(Duration.ofMillis(1));
        assertThat(hosts(3)).contains("b");
    }

    @Test
    void oneRequestFindsOutWhetherItIsBack() {
        setAside("b");
        clock.advance(UpstreamMember.ASIDE);

        assertThat(hosts(12)).containsOnlyOnce("b");
    }

    @Test
    void memberThatWasReachedTakesItsTurnAgain() {
        UpstreamMember b = setAside("b");
        clock.advance(UpstreamMember.ASIDE);

        group.takeBack(b);

        assertThat(hosts(6)).filteredOn("b"::equals).hasSize(2);
    }

    @Test
    void ifAllAreSetAsideTheOneIsTriedThatHasBeenForTheLongestTime() {
        for (String host : List.of("c", "a", "b")) {
            setAside(host);
            clock.advance(Duration.ofMillis(1));
        }

        assertThat(hosts(3)).containsExactly("c", "a", "b");
    }

    @Test
    void eachIsTriedOnceForARequest() {
        Set<UpstreamMember> tried = new HashSet<>();
        for (int i = 0; i < 3; i++) {
            UpstreamMember next = group.next(tried).orElseThrow();
            group.setAside(next, new ConnectException("refused"));
            assertThat(tried.add(next)).isTrue();
        }

        assertThat(group.next(tried)).isEmpty();
    }

    private UpstreamMember setAside(String host) {
        UpstreamMember found = Stream.generate(() -> group.next(Set.of()).orElseThrow())
                .limit(20)
                .filter(member -> member.address().getHost().equals(host))
                .findFirst()
                .orElseThrow();
        group.setAside(found, new ConnectException("refused"));
        return found;
    }

    private List<String> hosts(int requests) {
        return Stream.generate(
                        () -> group.next(Set.of()).orElseThrow().address().getHost())
                .limit(requests)
                .toList();
    }
}
