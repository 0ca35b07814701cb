package io.gatehouse.bookstore.received;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.HttpHeaders;

class MaskedHeadersTests {

    private static final String JWT = "eyJhbGciOiJFUzM4NCJ9.eyJzdWIiOiJhbGljZSJ9.c2lnbmF0dXJl";

    private final HttpHeaders headers = new HttpHeaders();

    @Test
    void namesAreInLowerCaseAndValuesAreAllThere() {
        headers.addAll("X-User-Roles", List.of("bookseller", "clerk"));

        assertThat(MaskedHeaders.of(headers)).containsEntry("x-user-roles", List.of("bookseller", "clerk"));
    }

    @ParameterizedTest
    @CsvSource({
        "Bearer " + JWT + ", 'Bearer (JWT, see claims)'",
        "bearer " + JWT + ", 'Bearer (JWT, see claims)'",
        "Bearer opaque-secret, 'Bearer (not a JWT)'",
        "Basic YWxpY2U6c2VjcmV0, Basic (hidden)",
        "secret, (hidden)",
        "'', (hidden)"
    })
    void ofCredentialsOnlyTheKindIsShown(String value, String shown) {
        headers.set("Authorization", value);
        headers.set("Proxy-Authorization", value);

        assertThat(MaskedHeaders.of(headers))
                .containsEntry("authorization", List.of(shown))
                .containsEntry("proxy-authorization", List.of(shown));
    }

    @Test
    void ofCookiesOnlyTheNamesAreShown() {
        headers.addAll("Cookie", List.of("theme=dark; __Host-gatehouse=secret;", "a=b=c; secret"));

        assertThat(MaskedHeaders.of(headers))
                .containsEntry("cookie", List.of("theme", "__Host-gatehouse", "a", "(nameless)"));
    }

    @Test
    void jwtIsHiddenWhereverItIs() {
        headers.set("X-Forwarded-Access-Token", JWT);
        headers.set("X-Encrypted", "eyJhbGciOiJkaXIifQ..AAAA.BBBB.CCCC");
        headers.set("Referer", "https://app.example/?id_token=" + JWT + "&x=1");

        assertThat(MaskedHeaders.of(headers))
                .containsEntry("x-forwarded-access-token", List.of("(JWT)"))
                .containsEntry("x-encrypted", List.of("(JWT)"))
                .containsEntry("referer", List.of("https://app.example/?id_token=(JWT)&x=1"));
    }
}
