package io.gatehouse.gateway.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.gateway.fixture.TestSessions;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class SessionTokensTests {

    private static final AccessToken TOKEN =
            new AccessToken("secret", Instant.EPOCH, Instant.MAX, List.of("read:books"));

    @Test
    void responseWithoutRefreshTokenKeepsTheOldOne() {
        SessionTokens tokens = TestSessions.tokens("old");

        assertThat(tokens.rotated(null).refreshToken()).isEqualTo("old");
        assertThat(tokens.rotated("new").refreshToken()).isEqualTo("new");
    }

    @Test
    void tokensOfDifferentResourcesDoNotReplaceEachOther() {
        SessionTokens tokens = TestSessions.tokens("r").with("a", TOKEN).with("b", TOKEN);

        assertThat(tokens.access("a")).contains(TOKEN);
        assertThat(tokens.access("b")).contains(TOKEN);
        assertThat(tokens.access("c")).isEmpty();
    }

    @Test
    void noTokenIsPrinted() {
        assertThat(TOKEN + " " + TestSessions.tokens("refresh-secret").with("a", TOKEN))
                .doesNotContain("secret");
    }
}
