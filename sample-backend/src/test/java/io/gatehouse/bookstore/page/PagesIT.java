package io.gatehouse.bookstore.page;

import static io.gatehouse.bookstore.Bookstore.header;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.bookstore.Bookstore;
import io.gatehouse.bookstore.BookstoreExtension;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(BookstoreExtension.class)
class PagesIT {

    private final Bookstore bookstore;

    PagesIT(Bookstore bookstore) {
        this.bookstore = bookstore;
    }

    @Test
    void withoutATokenTheHomePageOffersToSignIn() {
        HttpResponse<String> response = bookstore.get("/");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body())
                .contains("You are not signed in")
                .contains("<a class=\"button primary\" href=\"/auth/sign-in?return_to=/\">Sign in</a>")
                .contains("href=\"/auth/sign-in?first_screen=register&amp;return_to=/\">Sign up</a>")
                .contains("href=\"/auth/sign-in?connector=okta&amp;return_to=/\">Sign in with Okta</a>")
                .doesNotContain("Sign out");
    }

    @Test
    void withATokenTheHomePageSaysWhoItIsAndOffersToSignOut() {
        HttpResponse<String> response =
                bookstore.get("/", bookstore.issuer.token().sign());

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body())
                .contains("You are signed in", "9xdtcxqv0uke", "read:books write:books")
                .contains("method=\"post\" action=\"/auth/sign-out\"")
                .contains("href=\"/books\"", "href=\"/whoami\"")
                .doesNotContain("Sign up", "eyJ");
    }

    @Test
    void whatATokenSaysIsShownAndNotObeyed() {
        String token = bookstore
                .issuer
                .token()
                .with("sub", "<script>alert(1)</script>")
                .sign();

        assertThat(bookstore.get("/", token).body())
                .contains("&lt;script&gt;alert(1)&lt;/script&gt;")
                .doesNotContain("<script>alert");
    }

    @Test
    void tokenWithoutScopesIsGreetedToo() {
        String token = bookstore.issuer.token().with("scope", "").sign();

        assertThat(bookstore.get("/", token).body()).contains("<dd><code>none</code></dd>");
    }

    @Test
    void linksFollowTheGatewaysPath() {
        try (Bookstore elsewhere = Bookstore.trusting(bookstore.issuer, "--bookstore.sign-in-path=/gate/auth")) {
            assertThat(elsewhere.get("/").body())
                    .contains("/gate/auth/sign-in?return_to=/", "data-sign-in=\"/gate/auth\"")
                    .doesNotContain("\"/auth");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/books", "/public/", "/public"})
    void pagesAreHtmlAndLeaveCachingToTheGateway(String path) {
        HttpResponse<String> response = bookstore.get(path);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(header(response, "Content-Type")).isEqualTo("text/html;charset=UTF-8");
        assertThat(response.headers().map()).doesNotContainKeys("cache-control", "pragma", "expires");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/books", "/public/"})
    void pagesLoadNothingFromElsewhere(String path) {
        HttpResponse<String> response = bookstore.get(path);

        assertThat(header(response, "Content-Security-Policy"))
                .isEqualTo("default-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'");
        assertThat(header(response, "X-Content-Type-Options")).isEqualTo("nosniff");
    }

    /**
     * With {@code no-referrer} a browser sends {@code Origin: null} with a form, and a gateway takes it for a forgery.
     */
    @Test
    void signOutFormKeepsItsOrigin() {
        assertThat(header(bookstore.get("/"), "Referrer-Policy")).isEqualTo("same-origin");
    }

    @ParameterizedTest
    @CsvSource({
        "/public/bookstore.css, text/css",
        "/public/session.js, text/javascript",
        "/public/books.js, text/javascript",
        "/public/spa.js, text/javascript",
        "/public/spa.html, text/html",
        "/public/icon.svg, image/svg+xml",
        "/public/hello, text/plain;charset=UTF-8"
    })
    void publicFilesAreForEverybody(String path, String type) {
        HttpResponse<String> response = bookstore.get(path);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(header(response, "Content-Type")).isEqualTo(type);
        assertThat(response.body()).isNotBlank();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/public/nothing", "/public/../application.yaml", "/public/%2e%2e/application.yaml"})
    void nothingElseIsPublic(String path) {
        assertThat(bookstore.get(path).statusCode()).isBetween(400, 404);
    }

    @Test
    void headIsAnsweredAndPostIsNot() {
        assertThat(bookstore.send(bookstore.request("/").HEAD()).statusCode()).isEqualTo(200);
        assertThat(bookstore
                        .send(bookstore.request("/").POST(BodyPublishers.noBody()))
                        .statusCode())
                .isEqualTo(405);
    }
}
