package io.gatehouse.gateway.edge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpMethod;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;

class FetchMetadataTests {

    @ParameterizedTest
    @CsvSource({
        "GET, navigate, document, true",
        "HEAD, navigate, document, true",
        "POST, navigate, document, false",
        "GET, navigate, iframe, false",
        "GET, cors, empty, false",
        "GET, same-origin, document, false",
        "GET, navigate, , false"
    })
    void navigationLoadsATopLevelDocument(String method, String mode, String dest, boolean navigation) {
        var request = MockServerHttpRequest.method(HttpMethod.valueOf(method), "/")
                .header("Sec-Fetch-Mode", mode)
                .header("Accept", "text/html");
        if (dest != null) {
            request.header("Sec-Fetch-Dest", dest);
        }

        assertThat(FetchMetadata.isNavigation(request.build())).isEqualTo(navigation);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"text/html", "text/html,application/xhtml+xml,*/*;q=0.8", "application/json, text/html;q=0.1"})
    void withoutFetchMetadataAcceptHasToNameHtml(String accept) {
        assertThat(FetchMetadata.isNavigation(accepting(accept))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"*/*", "application/json", "text/*", "nonsense", ""})
    void whoeverDoesNotNameHtmlGetsNoRedirect(String accept) {
        assertThat(FetchMetadata.isNavigation(accepting(accept))).isFalse();
    }

    @Test
    void oneHeaderOfFetchMetadataIsEnoughToIgnoreAccept() {
        var request = MockServerHttpRequest.get("/")
                .header("Sec-Fetch-Site", "same-origin")
                .header("Accept", "text/html")
                .build();

        assertThat(FetchMetadata.isNavigation(request)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"same-origin, ?1, true", "same-origin, , false", "cross-site, ?1, false", "none, ?1, false"})
    void personOnOurOwnPageFollowedALink(String site, String user, boolean expected) {
        var request = MockServerHttpRequest.get("/")
                .header("Sec-Fetch-Mode", "navigate")
                .header("Sec-Fetch-Dest", "document")
                .header("Sec-Fetch-Site", site);
        if (user != null) {
            request.header("Sec-Fetch-User", user);
        }

        assertThat(FetchMetadata.isSameOriginUserNavigation(request.build())).isEqualTo(expected);
    }

    private static MockServerHttpRequest accepting(String accept) {
        return MockServerHttpRequest.get("/").header("Accept", accept).build();
    }
}
