package io.gatehouse.gateway.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpMethod;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;

class CrossSiteRequestsTests {

    private final CrossSiteRequests crossSite = new CrossSiteRequests(
            PublicUrl.of("https://app.example"), new CorsProperties(Set.of("https://shop.app.example")));

    @ParameterizedTest
    @CsvSource({"same-origin, false", "none, false", "same-site, true", "cross-site, true", "anything, true"})
    void siteDecidesWhereTheBrowserNamesIt(String site, boolean forbidden) {
        var request = MockServerHttpRequest.post("/")
                .header("Sec-Fetch-Site", site)
                .header("Origin", "https://app.example")
                .build();

        assertThat(crossSite.isForbidden(request)).isEqualTo(forbidden);
    }

    @ParameterizedTest
    @CsvSource({"https://app.example, false", "https://evil.example, true", "null, true", "http://app.example, true"})
    void originDecidesInOlderBrowsers(String origin, boolean forbidden) {
        var request = MockServerHttpRequest.post("/").header("Origin", origin).build();

        assertThat(crossSite.isForbidden(request)).isEqualTo(forbidden);
    }

    @ParameterizedTest
    @CsvSource({
        "same-site, https://shop.app.example, false",
        "same-site, https://blog.app.example, true",
        "same-site, , true",
        "cross-site, https://shop.app.example, true",
        ", https://shop.app.example, true"
    })
    void listedOriginMayActWhereTheBrowserSaysThatItIsOfTheSameSite(String site, String origin, boolean forbidden) {
        var request = MockServerHttpRequest.post("/");
        Stream.ofNullable(site).forEach(value -> request.header("Sec-Fetch-Site", value));
        Stream.ofNullable(origin).forEach(value -> request.header("Origin", value));

        assertThat(crossSite.isForbidden(request.build())).isEqualTo(forbidden);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "OPTIONS"})
    void readingIsNeverForbidden(String method) {
        var request = MockServerHttpRequest.method(HttpMethod.valueOf(method), "/")
                .header("Sec-Fetch-Site", "cross-site")
                .build();

        assertThat(crossSite.isForbidden(request)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"websocket", "WebSocket"})
    void webSocketOfAnotherSiteIsForbiddenThoughItIsAGet(String upgrade) {
        var request = MockServerHttpRequest.get("/")
                .header("Upgrade", upgrade)
                .header("Origin", "https://evil.example")
                .build();

        assertThat(crossSite.isForbidden(request)).isTrue();
    }

    @Test
    void programThatIsNoBrowserMayPost() {
        assertThat(crossSite.isForbidden(MockServerHttpRequest.post("/").build()))
                .isFalse();
    }
}
