package io.gatehouse.bookstore.access;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpHeaders;

class UnverifiedClaimsTests {

    private static final String TOKEN =
            jwt("{\"alg\":\"ES384\"}", "{\"sub\":\"alice\",\"exp\":1795341388,\"aud\":\"a\"}");

    @Test
    void claimsAreAsTheyWereWritten() {
        assertThat(UnverifiedClaims.of(TOKEN))
                .hasValueSatisfying(claims -> assertThat(claims)
                        .containsExactly(entry("sub", "alice"), entry("exp", 1795341388L), entry("aud", "a")));
    }

    @Test
    void unsignedTokenIsReadToo() {
        String unsigned = encoded("{\"alg\":\"none\"}") + "." + encoded("{\"sub\":\"alice\"}") + ".";

        assertThat(UnverifiedClaims.of(unsigned))
                .hasValueSatisfying(claims -> assertThat(claims).containsEntry("sub", "alice"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "opaque", "a.b.c", "..", "e30.e30.e30", "eyJhbGciOiJFUzM4NCJ9.bm90IGpzb24.AA"})
    void whatIsNoJwtHasNoClaims(String token) {
        assertThat(UnverifiedClaims.of(token)).isEmpty();
    }

    @Test
    void encryptedTokenKeepsItsClaims() {
        String encrypted = encoded("{\"alg\":\"dir\",\"enc\":\"A256GCM\"}") + "..AAAA.AAAA.AAAA";

        assertThat(UnverifiedClaims.of(encrypted)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer ", "bearer ", "BEARER "})
    void schemeIsReadInAnyCase(String scheme) {
        assertThat(UnverifiedClaims.among(authorization(scheme + TOKEN))).isPresent();
    }

    @Test
    void otherCredentialsHaveNoClaims() {
        assertThat(UnverifiedClaims.among(authorization("Basic " + TOKEN))).isEmpty();
        assertThat(UnverifiedClaims.among(new HttpHeaders())).isEmpty();
    }

    private static HttpHeaders authorization(String value) {
        HttpHeaders headers = new HttpHeaders();
        headers.set(HttpHeaders.AUTHORIZATION, value);
        return headers;
    }

    private static String jwt(String header, String claims) {
        return encoded(header) + "." + encoded(claims) + "." + encoded("signature");
    }

    private static String encoded(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8));
    }
}
