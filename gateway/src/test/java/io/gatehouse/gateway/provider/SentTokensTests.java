package io.gatehouse.gateway.provider;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.PlainObject;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import io.gatehouse.gateway.fixture.MutableClock;
import io.gatehouse.gateway.live.Secret;
import io.gatehouse.gateway.problem.GatewayException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

class SentTokensTests {

    private static final String ISSUER = "https://idp.example/oidc";
    private static final Payload PAYLOAD = new Payload(Map.of("sub", "alice"));

    private final MutableClock clock = MutableClock.startingNow();
    private final List<ECKey> published = new ArrayList<>(List.of(key("k1")));
    private final WebClient http =
            WebClient.builder().exchangeFunction(this::answer).build();
    private final Provider provider =
            new Provider(new ProviderAccount(ISSUER, "gateway", Secret.of("secret"), true), http, clock);
    private final SentTokens tokens = new SentTokens(new ProviderKeys(provider, http, clock));
    private int fetches;
    private boolean down;

    @Test
    void tokenOfTheIdpIsRead() {
        StepVerifier.create(tokens.verify(signed(published.getFirst(), header("k1"))))
                .expectNext(new SentToken("logout+jwt", Map.of("sub", "alice")))
                .verifyComplete();
    }

    @Test
    void tokenWithoutTypeIsRead() {
        JWSHeader untyped = new JWSHeader.Builder(JWSAlgorithm.ES384).build();

        StepVerifier.create(tokens.verify(signed(published.getFirst(), untyped)))
                .expectNext(new SentToken("", Map.of("sub", "alice")))
                .verifyComplete();
    }

    @Test
    void unsignedTokenIsNobodys() {
        expectNothing(new PlainObject(PAYLOAD).serialize());
    }

    /** Key confusion: what everybody knows, or we and the IdP know, used as the secret of a symmetric algorithm. */
    @ParameterizedTest
    @ValueSource(strings = {"gateway-secret-of-at-least-32-bytes", "public key"})
    void symmetricAlgorithmIsNobodysAndMakesUsFetchNothing(String secret) throws JOSEException {
        String known =
                secret.equals("public key") ? published.getFirst().toPublicJWK().toJSONString() : secret;
        JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("k1").build();

        expectNothing(signed(new MACSigner(known.getBytes(StandardCharsets.UTF_8)), header));
        assertThat(fetches).isZero();
    }

    @Test
    void keyInTheHeaderIsNotLookedAt() {
        ECKey own = key("k1");

        expectNothing(signed(
                own,
                new JWSHeader.Builder(JWSAlgorithm.ES384)
                        .keyID("k1")
                        .jwk(own.toPublicJWK())
                        .build()));
    }

    @Test
    void unknownKeyIsLookedForOnceInHalfAMinute() {
        String token = signed(key("k2"), header("k2"));
        StepVerifier.create(tokens.verify(signed(published.getFirst(), header("k1"))))
                .expectNextCount(1)
                .verifyComplete();
        clock.advance(RemoteDocument.RETRY_INTERVAL);

        for (int i = 0; i < 10; i++) {
            expectNothing(token);
        }
        assertThat(fetches).isEqualTo(2);

        clock.advance(RemoteDocument.RETRY_INTERVAL);
        expectNothing(token);
        assertThat(fetches).isEqualTo(3);
    }

    @Test
    void newKeyIsFoundByLookingForIt() {
        ECKey next = key("k2");
        StepVerifier.create(tokens.verify(signed(published.getFirst(), header("k1"))))
                .expectNextCount(1)
                .verifyComplete();
        published.add(next);
        clock.advance(RemoteDocument.RETRY_INTERVAL);

        StepVerifier.create(tokens.verify(signed(next, header("k2"))))
                .expectNextCount(1)
                .verifyComplete();
    }

    @Test
    void removedKeySoonVerifiesNothingThatComesAgainAndAgain() {
        String token = signed(published.getFirst(), header("k1"));
        StepVerifier.create(tokens.verifyRecently(token)).expectNextCount(1).verifyComplete();
        published.set(0, key("k2"));

        clock.advance(RemoteDocument.RETRY_INTERVAL);

        StepVerifier.create(tokens.verifyRecently(token)).verifyComplete();
    }

    @Test
    void tokensThatComeAgainAndAgainDelayNoOthers() {
        ECKey next = key("k2");
        StepVerifier.create(tokens.verifyRecently(signed(published.getFirst(), header("k1"))))
                .expectNextCount(1)
                .verifyComplete();
        published.add(next);

        StepVerifier.create(tokens.verify(signed(next, header("k2"))))
                .expectNextCount(1)
                .verifyComplete();
    }

    @Test
    void keyThatCannotBeLookedForIsNoRefusal() {
        down = true;

        StepVerifier.create(tokens.verify(signed(key("k2"), header("k2")))).verifyError(GatewayException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "a.b.c", "e30.e30.e30", "eyJhbGciOiJFUzM4NCJ9..", "eyJhbGciOjF9.e30.e30"})
    void nonsenseIsNobodys(String token) {
        expectNothing(token);
    }

    @Test
    void whatIsSignedAndIsNoJsonSaysNothing() {
        expectNothing(signed(signer(published.getFirst()), header("k1"), new Payload("text")));
    }

    private void expectNothing(String token) {
        StepVerifier.create(tokens.verify(token)).verifyComplete();
    }

    private Mono<ClientResponse> answer(ClientRequest request) {
        boolean discovery = request.url().getPath().endsWith("/openid-configuration");
        if (down) {
            return Mono.just(
                    ClientResponse.create(HttpStatus.SERVICE_UNAVAILABLE).build());
        }
        if (!discovery) {
            fetches++;
        }
        return Mono.just(ClientResponse.create(HttpStatus.OK)
                .header(HttpHeaders.CONTENT_TYPE, MediaType.APPLICATION_JSON_VALUE)
                .body(discovery ? metadata() : new JWKSet(List.copyOf(published)).toString())
                .build());
    }

    private static String metadata() {
        return """
            {"issuer":"ISSUER","authorization_endpoint":"ISSUER/auth","token_endpoint":"ISSUER/token",
             "jwks_uri":"ISSUER/jwks","subject_types_supported":["public"],"response_types_supported":["code"],
             "id_token_signing_alg_values_supported":["ES384"]}\
            """.replace("ISSUER", ISSUER);
    }

    private static JWSHeader header(String kid) {
        return new JWSHeader.Builder(JWSAlgorithm.ES384)
                .type(new JOSEObjectType("logout+jwt"))
                .keyID(kid)
                .build();
    }

    private static String signed(ECKey key, JWSHeader header) {
        return signed(signer(key), header);
    }

    private static String signed(JWSSigner signer, JWSHeader header) {
        return signed(signer, header, PAYLOAD);
    }

    private static String signed(JWSSigner signer, JWSHeader header, Payload payload) {
        try {
            JWSObject token = new JWSObject(header, payload);
            token.sign(signer);
            return token.serialize();
        } catch (JOSEException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static JWSSigner signer(ECKey key) {
        try {
            return new ECDSASigner(key);
        } catch (JOSEException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static ECKey key(String kid) {
        try {
            return new ECKeyGenerator(Curve.P_384).keyID(kid).generate();
        } catch (JOSEException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
