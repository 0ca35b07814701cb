package io.gatehouse.gateway.provider;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.gateway.fixture.IdTokens;
import io.gatehouse.gateway.fixture.LogtoEmulator;
import io.gatehouse.gateway.fixture.MutableClock;
import io.gatehouse.gateway.fixture.Ports;
import io.gatehouse.gateway.fixture.Strangers;
import io.gatehouse.gateway.fixture.TokenHeader;
import io.gatehouse.gateway.live.Secret;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** Which keys are believed, and how often they are fetched. The tokens come from the emulator's own token endpoint. */
class KeyRotationIT {

    private static final LogtoEmulator LOGTO = new LogtoEmulator("http://localhost:" + Ports.free());

    private final MutableClock clock = MutableClock.startingNow();
    private final WebClient http = WebClient.create();
    private final Secret secret = Secret.of(LOGTO.secret());
    private final Provider provider =
            new Provider(new ProviderAccount(LOGTO.issuer(), LogtoEmulator.APP_ID, secret, true), http, clock);
    private final IdTokenDecoders decoders = new IdTokenDecoders(new ProviderKeys(provider, http, clock), clock);

    @BeforeAll
    static void startLogto() {
        LOGTO.start();
    }

    @AfterAll
    static void stopLogto() {
        LOGTO.close();
    }

    @BeforeEach
    void reset() {
        LOGTO.reset();
    }

    @Test
    void secretOfOurOwnMayChangeWithoutAnythingBeingFetchedAgain() {
        provider.metadata().block();

        secret.replaceWith(Secret.of("next"));

        StepVerifier.create(provider.metadata()
                        .map(published -> published.registration().getClientSecret()))
                .expectNext("next")
                .verifyComplete();
        assertThat(LOGTO.calls("discovery")).isEqualTo(1);
    }

    @Test
    void keysAreFetchedOnceAndKept() {
        for (int i = 0; i < 3; i++) {
            StepVerifier.create(decode(IdTokens.issuedBy(LOGTO)))
                    .expectNextCount(1)
                    .verifyComplete();
        }

        assertThat(LOGTO.calls("jwks")).isEqualTo(1);
        assertThat(LOGTO.calls("discovery")).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"EC", "RSA"})
    void r21RotatedKeyIsFoundByFetchingAgainWhateverItsAlgorithm(String type) {
        decode(IdTokens.issuedBy(LOGTO)).block();
        clock.advance(RemoteDocument.RETRY_INTERVAL);

        LOGTO.control("POST", "keys/rotate", "{\"signingKeyAlgorithm\":\"" + type + "\"}");

        StepVerifier.create(decode(IdTokens.issuedBy(LOGTO))).expectNextCount(1).verifyComplete();
        assertThat(LOGTO.calls("jwks")).isEqualTo(2);
    }

    @Test
    void r22ThousandUnknownKidsOfTokensWeFetchedMakeUsFetchKeysOnceInHalfAMinute() throws Exception {
        String idToken = IdTokens.issuedBy(LOGTO);
        decode(idToken).block();
        clock.advance(RemoteDocument.RETRY_INTERVAL);

        Strangers.send(
                        1_000,
                        kid -> decode(TokenHeader.withKid(idToken, kid))
                                .map(believed -> "believed")
                                .onErrorReturn(JwtException.class, "refused")
                                .block())
                .forEach(outcome -> assertThat(outcome).isEqualTo("refused"));

        assertThat(LOGTO.calls("jwks")).isEqualTo(2);
        clock.advance(RemoteDocument.RETRY_INTERVAL);
        StepVerifier.create(decode(TokenHeader.withKid(idToken, "one-more"))).verifyError(JwtException.class);
        assertThat(LOGTO.calls("jwks")).isEqualTo(3);
    }

    @Test
    void knownKeysGoOnServingWhileTheIdpIsDown() {
        String idToken = IdTokens.issuedBy(LOGTO);
        decode(idToken).block();
        LOGTO.fault("{\"endpoint\":\"jwks\",\"kind\":\"status\",\"status\":503}");
        LOGTO.fault("{\"endpoint\":\"discovery\",\"kind\":\"reset\"}");

        clock.advance(Duration.ofHours(1));

        // The token itself has been valid for an hour and is given another minute of clock skew.
        StepVerifier.create(decode(idToken)).expectNextCount(1).verifyComplete();
    }

    private Mono<Jwt> decode(String idToken) {
        return provider.metadata()
                .map(metadata -> decoders.createDecoder(metadata.registration()))
                .flatMap(decoder -> decoder.decode(idToken));
    }
}
