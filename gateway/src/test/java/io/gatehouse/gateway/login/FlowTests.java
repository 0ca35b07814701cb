package io.gatehouse.gateway.login;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.gateway.edge.ReturnTo;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FlowTests {

    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    private final Flow flow = begin(Demand.NONE);

    @Test
    void stateNonceAndVerifierHaveNothingInCommon() {
        assertThat(flow.state()).hasSize(43).isNotEqualTo(flow.nonce()).isNotEqualTo(flow.codeVerifier());
        assertThat(flow.nonce()).isNotEqualTo(flow.codeVerifier());
        assertThat(flow.mark()).isNotIn(flow.state(), flow.nonce(), flow.codeVerifier());
        assertThat(flow.codeVerifier()).matches("[A-Za-z0-9_-]{43}");
    }

    @Test
    void twoFlowsHaveDifferentStates() {
        assertThat(begin(Demand.NONE).state()).isNotEqualTo(flow.state());
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
        Flow asking = begin(Demand.CREDENTIALS);
        Instant later = NOW.plusSeconds(5);

        assertThat(flow.oldestAuthentication(null, NOW)).isEmpty();
        assertThat(flow.oldestAuthentication(later, NOW)).contains(later);
        assertThat(asking.oldestAuthentication(null, NOW)).contains(NOW);
        assertThat(asking.oldestAuthentication(NOW.minusSeconds(5), NOW)).contains(NOW);
        assertThat(asking.oldestAuthentication(later, NOW)).contains(later);
    }

    @Test
    void ageIsCountedFromNowAndASignOutIsStillToBeFollowedByCredentials() {
        Flow asking = begin(new Demand(300, ""));
        Instant later = NOW.plusSeconds(600);

        assertThat(asking.oldestAuthentication(null, later)).contains(later.minusSeconds(300));
        assertThat(asking.oldestAuthentication(NOW, later)).contains(later.minusSeconds(300));
        assertThat(asking.oldestAuthentication(later.minusSeconds(5), later)).contains(later.minusSeconds(5));
    }

    @Test
    void seedIsNotPrinted() {
        assertThat(flow.toString()).doesNotContain(flow.seed());
    }

    private static Flow begin(Demand demand) {
        return Flow.begin(new SecureRandom(), NOW, new SignInRequest(ReturnTo.HOME, demand, "", Map.of()), 0);
    }
}
