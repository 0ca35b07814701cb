package io.gatehouse.gateway.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.gateway.bearer.BearerToken;
import io.gatehouse.gateway.fixture.TestSessions;
import io.gatehouse.gateway.problem.GatewayException;
import io.gatehouse.gateway.problem.ProblemType;
import io.gatehouse.gateway.route.RelayRule;
import io.gatehouse.gateway.route.RelayedToken;
import io.gatehouse.gateway.session.AccessToken;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpHeaders;
import reactor.test.StepVerifier;

/** What a route relays of the token that an API client has sent. */
class CredentialsTests {

    private final BearerToken bearer = new BearerToken(
            new AccessToken("sent", Instant.EPOCH, Instant.MAX, List.of()),
            TestSessions.alice(),
            Set.of("https://api"));

    @Test
    void tokenForTheRelayedResourceIsRelayed() {
        StepVerifier.create(Credentials.of(bearer, rule(RelayedToken.ACCESS, "https://api")))
                .assertNext(credentials -> assertThat(headers(credentials).get(HttpHeaders.AUTHORIZATION))
                        .containsExactly("Bearer sent"))
                .verifyComplete();
    }

    @Test
    void tokenIsNotRelayedWhereNoneIs() {
        StepVerifier.create(Credentials.of(bearer, rule(RelayedToken.NONE, null)))
                .assertNext(credentials ->
                        assertThat(headers(credentials).isEmpty()).isTrue())
                .verifyComplete();
    }

    @Test
    void withoutTheRightTokenThereIsNoCall() {
        for (RelayRule rule : List.of(
                rule(RelayedToken.ACCESS, "https://other"),
                rule(RelayedToken.ID_TOKEN, null),
                rule(RelayedToken.ID_TOKEN, "https://api"))) {
            StepVerifier.create(Credentials.of(bearer, rule))
                    .verifyErrorMatches(GatewayException.is(ProblemType.TOKEN_REFUSED));
        }
    }

    private static HttpHeaders headers(Credentials credentials) {
        HttpHeaders headers = new HttpHeaders();
        credentials.addTo(headers);
        return headers;
    }

    private static RelayRule rule(RelayedToken token, String resource) {
        return new RelayRule(token, resource, Set.of(), null, List.of(), false, Set.of());
    }
}
