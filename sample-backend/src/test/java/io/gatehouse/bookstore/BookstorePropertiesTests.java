package io.gatehouse.bookstore;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;

class BookstorePropertiesTests {

    private final ApplicationContextRunner context =
            new ApplicationContextRunner().withUserConfiguration(Properties.class);

    @Test
    void defaults() {
        context.run(it -> assertThat(it.getBean(BookstoreProperties.class))
                .isEqualTo(new BookstoreProperties(
                        "http://localhost:3001/oidc",
                        null,
                        "https://api.bookstore.local",
                        Set.of(SignatureAlgorithm.ES384),
                        "/auth")));
    }

    @Test
    void everyKeyIsBound() {
        context.withPropertyValues(
                        "bookstore.issuer=https://id.example/oidc",
                        "bookstore.jwk-set-uri=http://keys.internal/jwks",
                        "bookstore.audience=https://api.example",
                        "bookstore.algorithms=ES384,RS256",
                        "bookstore.sign-in-path=/gate/auth")
                .run(it -> assertThat(it.getBean(BookstoreProperties.class))
                        .isEqualTo(new BookstoreProperties(
                                "https://id.example/oidc",
                                URI.create("http://keys.internal/jwks"),
                                "https://api.example",
                                Set.of(SignatureAlgorithm.ES384, SignatureAlgorithm.RS256),
                                "/gate/auth")));
    }

    @Test
    void keysAreAtTheIssuerUnlessTheirAddressIsGiven() {
        BookstoreProperties derived = properties(null);
        BookstoreProperties given = properties(URI.create("http://keys.internal/jwks"));

        assertThat(derived.keys()).isEqualTo("https://id.example/oidc/jwks");
        assertThat(given.keys()).isEqualTo("http://keys.internal/jwks");
    }

    @ParameterizedTest
    @CsvSource({
        "bookstore.issuer=, issuer",
        "bookstore.issuer=id.example, must be http or https addresses",
        "bookstore.jwk-set-uri=file:/etc/passwd, must be http or https addresses",
        "bookstore.audience=, audience",
        "bookstore.algorithms=, algorithms",
        "bookstore.algorithms=none, algorithms",
        "bookstore.algorithms=HS256, algorithms",
        "bookstore.sign-in-path=auth, must be a path such as /auth",
        "bookstore.sign-in-path=/auth/, must be a path such as /auth",
        "bookstore.sign-in-path=//evil.example, must be a path such as /auth",
        "bookstore.isuer=https://id.example/oidc, isuer"
    })
    void refusesToStartOn(String property, String complaint) {
        context.withPropertyValues(property)
                .run(it -> assertThat(it).getFailure().hasStackTraceContaining(complaint));
    }

    private static BookstoreProperties properties(URI jwkSetUri) {
        return new BookstoreProperties(
                "https://id.example/oidc", jwkSetUri, "a", Set.of(SignatureAlgorithm.ES384), "/auth");
    }

    @EnableConfigurationProperties(BookstoreProperties.class)
    static class Properties {}
}
