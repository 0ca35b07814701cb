package io.gatehouse.gateway.login;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.gateway.edge.ReturnTo;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class FlowTests {

    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    private final Flow flow = Flow.begin(new SecureRandom(), NOW, ReturnTo.HOME, false);

    @Test
    void stateNonceAndVerifierHaveNothingInCommon() {
        assertThat(flow.state()).hasSize(43).isNotEqualTo(flow.nonce()).isNotEqualTo(flow.codeVerifier());
        assertThat(flow.nonce()).isNotEqualTo(flow.codeVerifier());
        assertThat(flow.mark()).isNotIn(flow.state(), flow.nonce(), flow.codeVerifier());
        assertThat(flow.codeVerifier()).matches("[A-Za-z0-9_-]{43}");
    }

    @Test
    void twoFlowsHaveDifferentStates() {
        assertThat(Flow.begin(new SecureRandom(), NOW, ReturnTo.HOME, false).state())
                .isNotEqualTo(flow.state());
    }

    @Test
    void onlyItsOwnStateFits() {
        assertThat(flow.isState(flow.state())).isTrue();
        assertThat(flow.isState(flow.state() + "x")).isFalse();
        assertThat(flow.isState("")).isFalse();
        assertThat(flow.isState("ü")).isFalse();
    }

    @Test
    void endsAtItsLifetime() {
        assertThat(flow.isOutlived(Duration.ofHours(1), NOW.plusSeconds(3599))).isFalse();
        assertThat(flow.isOutlived(Duration.ofHours(1), NOW.plusSeconds(3600))).isTrue();
    }

    @Test
    void signOutAsksForCredentialsThatAreNewerWhateverTheFlowAskedFor() {
        Flow asking = Flow.begin(new SecureRandom(), NOW, ReturnTo.HOME, true);
        Instant later = NOW.plusSeconds(5);

        assertThat(flow.oldestAuthentication(null)).isEmpty();
        assertThat(flow.oldestAuthentication(later)).contains(later);
        assertThat(asking.oldestAuthentication(null)).contains(NOW);
        assertThat(asking.oldestAuthentication(NOW.minusSeconds(5))).contains(NOW);
        assertThat(asking.oldestAuthentication(later)).contains(later);
    }

    @Test
    void seedIsNotPrinted() {
        assertThat(flow.toString()).doesNotContain(flow.seed());
    }
}
