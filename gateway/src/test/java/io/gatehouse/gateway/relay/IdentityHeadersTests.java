package io.gatehouse.gateway.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.gateway.fixture.TestSessions;
import io.gatehouse.gateway.problem.GatewayException;
import io.gatehouse.gateway.problem.ProblemType;
import io.gatehouse.gateway.route.ClaimHeader;
import io.gatehouse.gateway.session.Identity;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpHeaders;

class IdentityHeadersTests {

    @Test
    void onlyChosenClaimsAreSent() {
        HttpHeaders headers = headers(TestSessions.alice(), "email", "roles=X-Groups", "sub", "iss=X-Issuer", "sid");

        assertThat(headers.toSingleValueMap())
                .isEqualTo(Map.of(
                        "X-Auth-Email",
                        "alice@bookstore.test",
                        "X-Groups",
                        "bookseller",
                        "X-Auth-Subject",
                        "9xdtcxqv0uke",
                        "X-Issuer",
                        "http://localhost:3001/oidc",
                        "X-Auth-Sid",
                        "NGmwUahpdAAZTQRlaV0NSKeFBPMRrNTfduLAowG89EO"));
    }

    @Test
    void claimThatSaysNothingIsNoHeader() {
        Map<String, Object> claims = new HashMap<>(Map.of("name", " ", "roles", List.of()));
        claims.put("email", null);

        HttpHeaders headers = headers(new Identity("i", "s", null, claims), "name", "roles", "email", "sid", "x");

        assertThat(headers.headerNames()).isEmpty();
    }

    /** The subject is the identity's, not what a claim of the same name says. */
    @Test
    void subjectIsTheOneTheSessionIsFor() {
        var alice = new Identity("i", "alice", null, Map.of("sub", "bob", "iss", "j", "sid", "k"));

        assertThat(headers(alice, "sub", "iss", "sid").toSingleValueMap())
                .isEqualTo(Map.of("X-Auth-Subject", "alice", "X-Auth-Iss", "i"));
    }

    @Test
    void valueThatWouldNotFitIsRefusedWithoutBeingShown() {
        var fits = new Identity("i", "s", null, Map.of("groups", "g".repeat(4096)));
        var larger = new Identity("i", "s", null, Map.of("groups", "g".repeat(4097)));

        assertThat(headers(fits, "groups").getFirst("X-Auth-Groups")).hasSize(4096);
        assertThatThrownBy(() -> headers(larger, "groups"))
                .matches(GatewayException.is(ProblemType.CLAIMS_TOO_LARGE))
                .hasMessage("X-Auth-Groups would have 4097 characters, more than 4096");
    }

    private static HttpHeaders headers(Identity identity, String... chosen) {
        HttpHeaders headers = new HttpHeaders();
        IdentityHeaders.of(identity, Arrays.stream(chosen).map(ClaimHeader::of).toList())
                .addTo(headers);
        return headers;
    }
}
