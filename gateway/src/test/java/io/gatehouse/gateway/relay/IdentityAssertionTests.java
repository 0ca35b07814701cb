package io.gatehouse.gateway.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.gatehouse.gateway.edge.PublicUrl;
import io.gatehouse.gateway.fixture.MutableClock;
import io.gatehouse.gateway.fixture.TestKeys;
import io.gatehouse.gateway.fixture.TestSessions;
import io.gatehouse.gateway.problem.GatewayException;
import io.gatehouse.gateway.problem.ProblemType;
import io.gatehouse.gateway.route.GatewayRoute;
import io.gatehouse.gateway.route.RouteProperties;
import io.gatehouse.gateway.session.Identity;
import java.net.URI;
import java.security.SecureRandom;
import java.text.ParseException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;

class IdentityAssertionTests {

    private static final PublicUrl APP = PublicUrl.of("https://app.example");

    private final MutableClock clock = MutableClock.startingNow();
    private final IdentityAssertion assertion =
            new IdentityAssertion(AssertionKeys.of(TestKeys.assertionPair()), APP, new SecureRandom(), clock);

    @Test
    void saysWhoForWhomForWhichRequestAndForHowLong() throws ParseException {
        var request = MockServerHttpRequest.method(HttpMethod.POST, URI.create("http://replica-1:8080/api/a%20b/?q=1"))
                .build();

        JWTClaimsSet claims = claims(TestSessions.alice(), request, "email", "roles", "absent");

        long now = clock.instant().getEpochSecond();
        assertThat(claims.toJSONObject())
                .containsOnlyKeys("iss", "aud", "sub", "htm", "htu", "iat", "exp", "jti", "email", "roles")
                .containsEntry("iss", "https://app.example")
                .containsEntry("aud", "books")
                .containsEntry("sub", TestSessions.alice().subject())
                .containsEntry("htm", "POST")
                .containsEntry("htu", "https://app.example/api/a%20b/")
                .containsEntry("iat", now)
                .containsEntry("exp", now + 60)
                .containsEntry("roles", List.of("bookseller"));
    }

    @Test
    void everyOneHasAnIdOf128Bits() throws ParseException {
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            ids.add(claims(TestSessions.alice(), MockServerHttpRequest.get("/").build())
                    .getJWTID());
        }

        assertThat(ids).hasSize(100).allMatch(id -> id.matches("[A-Za-z0-9_-]{22}"));
    }

    @Test
    void whatWouldNotFitIsRefusedWithoutBeingShown() {
        var alice = new Identity("i", "s", null, Map.of("groups", "g".repeat(5000)));

        assertThatThrownBy(() -> claims(alice, MockServerHttpRequest.get("/").build(), "groups"))
                .matches(GatewayException.is(ProblemType.CLAIMS_TOO_LARGE))
                .hasMessageStartingWith("X-Gatehouse-Assertion would have ")
                .hasMessageNotContaining("ggg");
    }

    private JWTClaimsSet claims(Identity identity, ServerHttpRequest request, String... chosen) throws ParseException {
        var route = GatewayRoute.of(RouteProperties.of(
                Map.of("id", "books", "relay.assertion", "true", "relay.assertion-claims", String.join(",", chosen))));
        HttpHeaders headers = new HttpHeaders();
        assertion.of(identity, request, route).addTo(headers);
        return SignedJWT.parse(headers.getFirst(IdentityAssertion.HEADER)).getJWTClaimsSet();
    }
}
