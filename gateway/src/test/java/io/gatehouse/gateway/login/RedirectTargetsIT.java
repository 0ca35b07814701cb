package io.gatehouse.gateway.login;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.gateway.fixture.Browser;
import io.gatehouse.gateway.fixture.Browser.Answer;
import io.gatehouse.gateway.fixture.Chromium;
import io.gatehouse.gateway.fixture.ChromiumUrls;
import io.gatehouse.gateway.fixture.HostileTargets;
import io.gatehouse.gateway.fixture.RawClient;
import io.gatehouse.gateway.fixture.Scale;
import io.gatehouse.gateway.fixture.Stage;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;

/**
 * S1 to S6, S8 to S12 against every parameter by which somebody outside can influence where a browser goes; S13 with
 * {@code -Dhostile.targets=FILE}.
 */
@Timeout(value = 15, unit = TimeUnit.MINUTES)
class RedirectTargetsIT {

    private static final long SEED = Long.getLong("fuzz.seed", new SecureRandom().nextLong());
    private static final int GENERATED = Scale.of(500, 5_000);

    /** A whole sign-in takes seven requests. */
    private static final int SIGN_INS = Scale.of(60, 1_000);

    private static final Pattern SIGN_IN_URL = Pattern.compile("\"signInUrl\":\"([^\"]*)\\?return_to=([^\"]*)\"");
    private static final Pattern FLOW_COOKIE = Pattern.compile("(?i)\r\nset-cookie: gatehouse-flow=([^;]+)");

    @RegisterExtension
    static final Stage STAGE = new Stage();

    @RegisterExtension
    static final Chromium CHROMIUM = new Chromium();

    private final Browser browser = new Browser();

    @Test
    void returnToOfTheSignIn() {
        assertStay(
                inputs().map(target -> flowOf(new Browser(), "GET", "/auth/sign-in?return_to=" + encoded(target), ""))
                        .toList());
    }

    @Test
    void targetLinkUriOfAnInitiatedSignIn() {
        String iss = "iss=" + encoded(STAGE.logto().issuer()) + "&target_link_uri=";

        assertStay(inputs().map(target -> flowOf(new Browser(), "GET", "/auth/initiate?" + iss + encoded(target), ""))
                .toList());
        assertStay(inputs().map(target -> flowOf(new Browser(), "POST", "/auth/initiate", iss + encoded(target)))
                .toList());
    }

    @Test
    void addressOfAPageThatNeedsASignIn() {
        assertStay(inputs().filter(target -> !target.matches("(?s).*[\\x00-\\x20].*"))
                .map(RedirectTargetsIT::navigation)
                .flatMap(Optional::stream)
                .toList());
    }

    @Test
    void returnToOfTheOrganization() {
        STAGE.signInAsAlice(browser);

        assertStay(inputs().map(target -> browser.submit(
                        STAGE.url("/auth/organization"), Map.of("organization", "acmebooks001", "return_to", target)))
                .map(RedirectTargetsIT::location)
                .toList());
    }

    @Test
    void referrerOfARequestThatNeedsASignIn() {
        List<String> targets = inputs().filter(target -> !target.matches("(?s).*[\\x00-\\x1f\\x7f].*"))
                .map(RedirectTargetsIT::signInUrl)
                .toList();

        assertThat(targets).hasSizeGreaterThan(400);
        assertStay(targets);
    }

    @Test
    void nothingInTheAddressChangesWhereASignOutLeads() {
        List<String> ways = inputs().map(RedirectTargetsIT::encoded)
                .map(target -> "&to=%1$s&rd=%1$s&return_to=%1$s&post_logout_redirect_uri=%1$s".formatted(target))
                .map(query -> new Browser().submit(STAGE.url("/auth/sign-out?confirmed=true" + query), Map.of()))
                .map(RedirectTargetsIT::location)
                .distinct()
                .toList();

        assertThat(ways)
                .containsExactly(STAGE.logto().issuer() + "/session/end?client_id=bookstore-gateway"
                        + "&post_logout_redirect_uri=" + encoded(STAGE.url("/")));
    }

    @Test
    void browserEndsAtTheTargetThatWasSealed() {
        STAGE.signInAsAlice(browser);
        List<String> inputs = inputs().toList();
        int step = Math.max(1, inputs.size() / SIGN_INS);

        assertStay(IntStream.range(0, inputs.size() / step)
                .mapToObj(number -> inputs.get(number * step))
                .map(target -> landing("/auth/sign-in?return_to=" + encoded(target)))
                .toList());
    }

    /** S1: a parameter of the authorization response says nothing about where to go. */
    @Test
    void callbackLeadsWhereItsFlowWasToLeadWhateverItsQuerySays() {
        Answer callback = browser.signIn(browser.open(STAGE.url("/books?x=1")), "alice", "Wonderland-42!");

        Answer landed = browser.open(
                callback.location()
                        + "&return_to=//evil.example&rd=//evil.example&target_link_uri=//evil.example&redirect_uri=//evil.example");

        assertThat(location(landed)).isEqualTo("/books?x=1");
    }

    /** S11: there is no sign-in that hands anything to an address of its caller's. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/auth/cli/login?redirect_uri=https://evil.example",
                "/auth/sign-in?redirect_uri=http://127.0.0.1@evil.example/",
                "/auth/initiate?redirect_uri=https://evil.example"
            })
    void redirectUriOfTheCallerIsNotTaken(String path) {
        Answer answer = browser.open(STAGE.url(path));

        assertThat(answer.headers().toString()).doesNotContain("evil.example");
        assertThat(answer.body()).doesNotContain("evil.example");
    }

    /** S8: without the right issuer a target is not even looked at. */
    @ParameterizedTest
    @ValueSource(
            strings = {"", "&iss=", "&iss=https%3A%2F%2Fother.example", "&iss=ISSUER%2F", "&iss=ISSUER&iss=ISSUER"})
    void targetLinkUriWithoutTheRightIssuerIsRefused(String iss) {
        String query = iss.replace("ISSUER", encoded(STAGE.logto().issuer()));

        assertThat(browser.open(STAGE.url("/auth/initiate?target_link_uri=%2Fbooks" + query))
                        .status())
                .isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/books",
                "/books/42?sort=title&page=2",
                "/books?q=a%20b&next=//elsewhere&back=https://other.example/",
                "/caf%C3%A9/%E4%B9%A6?%E4%BD%9C%E8%80%85=%E9%B2%81%E8%BF%85",
                "/books?x=1#chapter-2"
            })
    void legitimateTargetSurvivesEveryWayUnchanged(String target) {
        String link = encoded(STAGE.url(target));
        String iss = "iss=" + encoded(STAGE.logto().issuer()) + "&target_link_uri=";
        STAGE.signInAsAlice(browser);

        assertThat(Stream.of(
                        landing("/auth/sign-in?return_to=" + encoded(target)),
                        landing("/auth/sign-in?return_to=" + link),
                        landing("/auth/initiate?" + iss + link),
                        flowOf(new Browser(), "POST", "/auth/initiate", iss + link),
                        signInUrl(STAGE.url(target)),
                        location(browser.submit(
                                STAGE.url("/auth/organization"),
                                Map.of("organization", "acmebooks001", "return_to", target)))))
                .containsOnly(target);
    }

    private static Stream<String> inputs() {
        String here = STAGE.gateway().url();
        return Stream.of(
                        HostileTargets.written(here),
                        HostileTargets.further(),
                        HostileTargets.generated(here, SEED, GENERATED))
                .flatMap(List::stream);
    }

    /** Starts a sign-in, and says what its flow has as its target: the callback leads nowhere else. */
    private static String flowOf(Browser browser, String method, String path, String form) {
        Answer answer = browser.send(
                method,
                STAGE.url(path),
                form,
                Map.of("Accept", "text/html", "Content-Type", "application/x-www-form-urlencoded"));
        assertThat(location(answer)).startsWith(STAGE.logto().issuer() + "/auth?");
        return sealed(browser.cookies().get("gatehouse-flow"));
    }

    private static String sealed(String cookie) {
        var request = MockServerHttpRequest.get("/")
                .header("Cookie", "gatehouse-flow=" + cookie)
                .build();
        Flows flows = STAGE.gateway().bean(FlowCookie.class).read(request);
        return flows.all().getLast().target().path();
    }

    /** Asks for the very target, byte by byte. Empty if that is refused. */
    private static Optional<String> navigation(String target) {
        String answer = RawClient.send(
                STAGE.url("/"),
                "GET " + bytes(target)
                        + " HTTP/1.1\r\nHost: localhost\r\nAccept: text/html\r\nConnection: close\r\n\r\n");
        Matcher cookie = FLOW_COOKIE.matcher(answer);
        if (cookie.find()) {
            return Optional.of(sealed(cookie.group(1)));
        }
        assertThat(answer).as(target).matches("(?s)HTTP/1.1 [24].*").doesNotContainIgnoringCase("\r\nlocation:");
        return Optional.empty();
    }

    /** Where a script's 401 says to sign in, if this was the page that asked. */
    private static String signInUrl(String referrer) {
        String answer = RawClient.send(
                STAGE.url("/"),
                "GET /api/books HTTP/1.1\r\nHost: localhost\r\nReferer: " + bytes(referrer)
                        + "\r\nConnection: close\r\n\r\n");
        Matcher url = SIGN_IN_URL.matcher(answer);
        assertThat(url.find()).as(referrer + " " + answer).isTrue();
        assertThat(url.group(1)).isEqualTo(STAGE.url("/auth/sign-in"));
        return URLDecoder.decode(url.group(2), StandardCharsets.UTF_8);
    }

    /** Signs in somebody whom Logto knows, and says where the callback leads. */
    private static String landing(Browser browser, String path) {
        Answer toCallback = browser.followUntil(
                browser.open(STAGE.url(path)), uri -> uri.toString().startsWith(STAGE.url("/auth/callback")));
        Answer landed = browser.open(toCallback.location().toString());
        assertThat(landed.status()).isEqualTo(302);
        return location(landed);
    }

    /** Logto still knows who sits there, and this gateway has never seen the browser. */
    private String landing(String path) {
        return landing(browser.without("gatehouse"), path);
    }

    private static void assertStay(List<String> targets) {
        String here = STAGE.gateway().url();
        ChromiumUrls chromium = new ChromiumUrls(CHROMIUM.tab());
        assertThat(targets).isNotEmpty();
        assertThat(chromium.read(targets, here + "/auth/callback?code=x"))
                .as("fuzz.seed=" + SEED)
                .allSatisfy(place -> assertThat(place.origin()).isEqualTo(here));
    }

    private static String location(Answer answer) {
        return answer.header("Location").orElseThrow(() -> new AssertionError("no redirect: " + answer));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** For a client that writes one byte for each character. */
    private static String bytes(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }
}
