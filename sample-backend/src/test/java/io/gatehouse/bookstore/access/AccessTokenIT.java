package io.gatehouse.bookstore.access;

import static io.gatehouse.bookstore.Bookstore.header;
import static io.gatehouse.bookstore.Bookstore.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import io.gatehouse.bookstore.Bookstore;
import io.gatehouse.bookstore.BookstoreExtension;
import io.gatehouse.bookstore.Issuer;
import io.gatehouse.bookstore.TestToken;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@ExtendWith(BookstoreExtension.class)
@TestInstance(Lifecycle.PER_CLASS)
class AccessTokenIT {

    private static final JWSAlgorithm ES384 = JWSAlgorithm.ES384;

    private static final JWSAlgorithm RS256 = JWSAlgorithm.RS256;

    private static final String AUDIENCE = "https://api.bookstore.local";

    private static final String TYPE = "the given typ value needs to be one of [at+jwt, application/at+jwt]";

    private static final String NOT_SIGNED = "The token is not a JWT that the issuer signed with one of [ES384].";

    private final Bookstore bookstore;
    private final TestToken token;

    AccessTokenIT(Bookstore bookstore) {
        this.bookstore = bookstore;
        this.token = bookstore.issuer.token();
    }

    Stream<Arguments> accepted() {
        return Stream.of(
                arguments("a token as Logto makes them", token),
                arguments("one audience of several", token.with("aud", List.of("https://other", AUDIENCE))),
                arguments("the long form of the type", token.withType("application/at+jwt")),
                arguments("expired within the clock skew", token.expired(40)),
                arguments("not valid before a moment ahead", token.with("nbf", inSeconds(40))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void accepted(String name, TestToken good) {
        HttpResponse<String> response = bookstore.get("/api/books", good.sign());

        assertThat(response.statusCode()).as(name).isEqualTo(200);
    }

    Stream<Arguments> refused() {
        return Stream.of(
                arguments(
                        "another issuer", token.with("iss", "https://evil.example/oidc"), "The iss claim is not valid"),
                arguments("no issuer", token.without("iss"), "The iss claim is not valid"),
                arguments("another audience", token.with("aud", "https://other"), "The aud claim is not valid"),
                arguments("no audience", token.without("aud"), "The aud claim is not valid"),
                arguments("an ID token's type", token.withType(null), TYPE),
                arguments("a plain JWT's type", token.withType("JWT"), TYPE),
                arguments("no expiry", token.without("exp"), "exp must have a value"),
                arguments("no subject", token.without("sub"), "sub must have a value"),
                arguments(
                        "not signed by the key it names", token.signedBy(Issuer.ecKey("published"), ES384), NOT_SIGNED),
                arguments("an unknown key", token.signedBy(Issuer.ecKey("stranger"), ES384), NOT_SIGNED),
                arguments("a published key, but RS256", token.signedBy(bookstore.issuer.rsaKey, RS256), NOT_SIGNED),
                arguments(
                        "the public key as a secret",
                        token.signedBy(publicKeyAsSecret(), JWSAlgorithm.HS256),
                        NOT_SIGNED));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void refused(String name, TestToken bad, String why) {
        HttpResponse<String> response = bookstore.get("/api/books", bad.sign());

        assertThat(response.statusCode()).as(name).isEqualTo(401);
        assertThat(header(response, "WWW-Authenticate"))
                .isEqualTo("Bearer error=\"invalid_token\", error_description=\"" + why + "\"");
        assertThat(json(response).path("detail").asString()).isEqualTo(why);
    }

    @Test
    void expiredBeyondTheClockSkewIsRefused() {
        HttpResponse<String> response =
                bookstore.get("/api/books", token.expired(90).sign());

        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(header(response, "WWW-Authenticate"))
                .startsWith("Bearer error=\"invalid_token\", error_description=\"Jwt expired at ");
    }

    @Test
    void notYetValidBeyondTheClockSkewIsRefused() {
        HttpResponse<String> response =
                bookstore.get("/api/books", token.with("nbf", inSeconds(90)).sign());

        assertThat(response.statusCode()).isEqualTo(401);
    }

    Stream<String> garbage() {
        String[] parts = token.sign().split("\\.");
        return Stream.of(
                token.unsigned(),
                "opaque",
                parts[0] + "." + parts[1] + ".",
                parts[0] + "." + parts[1] + "." + "A".repeat(parts[2].length()),
                "e30.e30.e30",
                "eyJhbGciOiJFUzM4NCIsImtpZCI6WyJ4Il19.e30.e30");
    }

    @ParameterizedTest
    @MethodSource
    void garbage(String value) {
        HttpResponse<String> response = bookstore.get("/api/books", value);

        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(header(response, "WWW-Authenticate"))
                .isEqualTo("Bearer error=\"invalid_token\", error_description=\"" + NOT_SIGNED + "\"");
    }

    @Test
    void malformedHeaderIsRefused() {
        HttpResponse<String> response = bookstore.get("/api/books", "two words");

        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(header(response, "WWW-Authenticate"))
                .isEqualTo("Bearer error=\"invalid_token\", error_description=\"Bearer token is malformed\"");
    }

    @Test
    void missingTokenIsAskedForWithoutAnErrorCode() {
        HttpResponse<String> response = bookstore.get("/api/books");

        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(header(response, "WWW-Authenticate")).isEqualTo("Bearer realm=\"Bookstore\"");
        assertThat(header(response, "Content-Type")).isEqualTo("application/problem+json");
        assertThat(json(response).path("status").asInt()).isEqualTo(401);
    }

    @Test
    void tokenInTheQueryDoesNotCount() {
        HttpResponse<String> response = bookstore.get("/api/books?access_token=" + token.sign());

        assertThat(response.statusCode()).isEqualTo(401);
    }

    @Test
    void tokenInACookieDoesNotCount() {
        HttpResponse<String> response =
                bookstore.send(bookstore.request("/api/books").header("Cookie", "Authorization=" + token.sign()));

        assertThat(response.statusCode()).isEqualTo(401);
    }

    @Test
    void badTokenIsRefusedEvenWhereNoneIsNeeded() {
        assertThat(bookstore.get("/", token.expired(90).sign()).statusCode()).isEqualTo(401);
        assertThat(bookstore.get("/whoami", token.expired(90).sign()).statusCode())
                .isEqualTo(401);
    }

    @Test
    void whatIsOpenLooksAtNoToken() {
        assertThat(bookstore.get("/public/hello", "opaque").statusCode()).isEqualTo(200);
        assertThat(bookstore.get("/echo/headers", "opaque").statusCode()).isEqualTo(200);
    }

    @Test
    void unlistedPathNeedsAToken() {
        assertThat(bookstore.get("/nowhere").statusCode()).isEqualTo(401);
        assertThat(bookstore.get("/nowhere", token.sign()).statusCode()).isEqualTo(404);
    }

    @Test
    void noAnswerSetsACookie() {
        assertThat(bookstore.get("/", token.sign()).headers().map()).doesNotContainKey("set-cookie");
        assertThat(bookstore.get("/api/books").headers().map()).doesNotContainKey("set-cookie");
    }

    @Test
    void rs256IsAcceptedWhereItIsConfigured() {
        try (Bookstore both = Bookstore.trusting(bookstore.issuer, "--bookstore.algorithms=ES384,RS256")) {
            String rs256 = token.signedBy(bookstore.issuer.rsaKey, RS256).sign();

            assertThat(both.get("/api/books", rs256).statusCode()).isEqualTo(200);
            assertThat(both.get("/api/books", token.sign()).statusCode()).isEqualTo(200);
        }
    }

    private static long inSeconds(long seconds) {
        return Instant.now().getEpochSecond() + seconds;
    }

    /** The attack on validators that let the token choose between a signature and a MAC. */
    private OctetSequenceKey publicKeyAsSecret() {
        String publicKey = bookstore.issuer.key.toPublicJWK().toJSONString();
        return new OctetSequenceKey.Builder(publicKey.getBytes(StandardCharsets.UTF_8))
                .keyID("published")
                .build();
    }
}
