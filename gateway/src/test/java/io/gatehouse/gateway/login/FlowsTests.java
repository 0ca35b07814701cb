package io.gatehouse.gateway.login;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.gateway.edge.ReturnTo;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FlowsTests {

    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    private final SecureRandom random = new SecureRandom();

    @Test
    void survivesTheCookie() {
        Flows flows = Flows.NONE
                .with(flow("/books?x=1"))
                .with(Flow.begin(
                        random,
                        NOW,
                        new SignInRequest(
                                ReturnTo.HOME,
                                new Demand(900, "phr mfa"),
                                "org_1",
                                Map.of("login_hint", "äöü", "direct_sign_in", "sso:acme")),
                        7));

        assertThat(Flows.decode(flows.encode())).isEqualTo(flows);
    }

    /** Prevents the class of CVE-2021-22119, as the next one does. */
    @Test
    void s40NinthFlowReplacesTheOldest() {
        Flow oldest = flow("/0");
        Flows flows = Flows.NONE.with(oldest);
        for (int i = 1; i <= 8; i++) {
            flows = flows.with(flow("/" + i));
        }

        assertThat(flows.all()).hasSize(8).doesNotContain(oldest);
        assertThat(flows.find(oldest.state())).isEmpty();
    }

    @Test
    void s40LongTargetsNeverMakeMoreThanACookieHolds() {
        Flows flows = IntStream.range(0, 50)
                .mapToObj(i -> flow("/page?" + "q".repeat(900) + i))
                .reduce(Flows.NONE, Flows::with, (one, other) -> other);

        assertThat(flows.encode().length).isLessThanOrEqualTo(2500);
        assertThat(flows.all()).isNotEmpty();
    }

    @Test
    void targetThatIsTooLongKeepsItsPathOrLeadsHome() {
        Flow longQuery = flow("/books?" + "q".repeat(3000));
        Flow longPath = flow("/" + "p".repeat(3000));

        assertThat(Flows.NONE
                        .with(longQuery)
                        .find(longQuery.state())
                        .orElseThrow()
                        .target()
                        .path())
                .isEqualTo("/books");
        assertThat(Flows.NONE
                        .with(longPath)
                        .find(longPath.state())
                        .orElseThrow()
                        .target())
                .isEqualTo(ReturnTo.HOME);
    }

    /** The longest a link may ask for. */
    @Test
    void whatIsAskedForMakesTheTargetShorterAndNeverTheFlowForgotten() {
        Map<String, String> longest = Map.of(
                "login_hint",
                "ä".repeat(254),
                "ui_locales",
                "x".repeat(200),
                "direct_sign_in",
                "sso:" + "c".repeat(64),
                "first_screen",
                "identifier:register");
        var asked = new SignInRequest(
                new ReturnTo("/books?" + "q".repeat(2000)), Demand.CREDENTIALS, "o".repeat(64), longest);

        Flow flow = Flow.begin(random, NOW, asked, 0);
        Flow kept = Flows.NONE.with(flow).find(flow.state()).orElseThrow();

        assertThat(kept.target().path()).isEqualTo("/books");
        assertThat(kept.again().parameters()).isEqualTo(longest);
    }

    @Test
    void flowIsForgottenWhenItIsTooOld() {
        Flows flows = Flows.NONE.with(flow("/"));

        assertThat(flows.begunWithin(Duration.ofHours(1), NOW.plusSeconds(3599)).all())
                .hasSize(1);
        assertThat(flows.begunWithin(Duration.ofHours(1), NOW.plusSeconds(3600)).all())
                .isEmpty();
    }

    @Test
    void whatIsNotOursMeansNoFlows() {
        byte[] encoded = Flows.NONE.with(flow("/books")).encode();
        byte[] later = encoded.clone();
        later[0] = 99;

        assertThat(Flows.decode(new byte[0]).all()).isEmpty();
        assertThat(Flows.decode(later).all()).isEmpty();
        for (int length = 1; length < encoded.length; length++) {
            assertThat(Flows.decode(Arrays.copyOf(encoded, length)).all()).hasSizeLessThan(2);
        }
    }

    @Test
    void moreThanAPersonCanBeginIsABurstEvenWhereTheOldestAreForgotten() {
        Flows flows = Flows.NONE;
        for (int i = 0; i < 30; i++) {
            assertThat(flows.areTooMany(NOW)).isFalse();
            flows = flows.with(flow("/" + i));
        }
        Flows kept = Flows.decode(flows.encode());

        assertThat(kept.areTooMany(NOW.plusSeconds(9))).isTrue();
        assertThat(kept.areTooMany(NOW.plusSeconds(10))).isFalse();
    }

    private Flow flow(String target) {
        return Flow.begin(random, NOW, new SignInRequest(new ReturnTo(target), Demand.NONE, "", Map.of()), 0);
    }
}
