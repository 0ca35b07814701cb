package io.gatehouse.bookstore.page;

import io.gatehouse.bookstore.BookstoreProperties;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * The pages. What they know of the person is what the token says: the subject and the scopes. A script asks the gateway
 * for the name; without it, or without the gateway, they say what they know.
 */
@RestController
final class PagesController {

    private final Template signedOut = Template.of("home-signed-out");

    private final Template signedIn = Template.of("home-signed-in");

    private final Template books = Template.of("books");

    private final Template open = Template.of("public");

    private final String signIn;

    PagesController(BookstoreProperties bookstore) {
        this.signIn = bookstore.signInPath();
    }

    @GetMapping("/")
    ResponseEntity<String> home(@AuthenticationPrincipal @Nullable Jwt token) {
        if (token == null) {
            return signedOut.page(Map.of("signIn", signIn));
        }
        String scopes = Objects.requireNonNullElse(token.getClaimAsString("scope"), "");
        return signedIn.page(
                Map.of("signIn", signIn, "subject", token.getSubject(), "scopes", scopes.isBlank() ? "none" : scopes));
    }

    @GetMapping("/books")
    ResponseEntity<String> books() {
        return books.page(Map.of("signIn", signIn));
    }

    @GetMapping({"/public", "/public/"})
    ResponseEntity<String> open() {
        return open.page(Map.of("signIn", signIn));
    }

    @GetMapping("/public/hello")
    String hello() {
        return "Hello from the Bookstore.";
    }
}
