package io.gatehouse.gateway.form;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.gateway.fixture.Browser;
import io.gatehouse.gateway.fixture.Browser.Answer;
import io.gatehouse.gateway.fixture.Stage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.web.util.HtmlUtils;

/** Forms that are sent after their session has ended. */
class KeptFormIT {

    @RegisterExtension
    static final Stage STAGE = new Stage(Map.of(
            "gatehouse.routes[1].path", "/payment/**",
            "gatehouse.routes[1].access", "authenticated",
            "gatehouse.routes[1].sign-in.max-age", "0s",
            "gatehouse.routes[2].sign-in.keep-form", "false"));

    private static final Map<String, String> ORDER = Map.of("title", "Wuthering Höhen & <b>", "copies", "3");

    private final Browser browser = new Browser();

    @BeforeEach
    void signInAndLetTheSessionExpire() {
        STAGE.signInAsAlice(browser);
        STAGE.advance(Duration.ofMinutes(45));
        STAGE.upstream().forget();
    }

    @Test
    void formIsOfferedToTheSamePersonAndSentOnceTheySaySo() {
        Answer kept = browser.submit(STAGE.url("/books?draft=1"), ORDER);

        assertThat(kept.status()).isEqualTo(401);
        assertThat(kept.body()).contains("Your form is kept", "return_to=%2Fauth%2Fform%3Fname%3D");
        assertThat(STAGE.upstream().received()).isEmpty();
        Answer question = goOn(browser, kept, "alice", "Wonderland-42!");
        assertThat(question.body()).contains("Send your form now?", "action=\"/books?draft=1\"");
        Answer sent = browser.fillIn(question, Map.of());
        assertThat(sent.body()).isEqualTo("upstream");
        assertThat(STAGE.upstream().single().uri()).isEqualTo("/books?draft=1");
        assertThat(STAGE.upstream().single().body()).contains("copies=3", "title=Wuthering+H%C3%B6hen");
    }

    @Test
    void formThatNeedsANewerSignInGetsOne() {
        browser.follow(browser.open(STAGE.url("/books")));
        STAGE.upstream().forget();

        Answer kept = browser.submit(STAGE.url("/payment"), ORDER);
        assertThat(kept.body()).contains("Your form is kept", "step_up=optional");
        Answer question = goOn(browser, kept, "alice", "Wonderland-42!");
        Answer sent = browser.fillIn(question, Map.of());

        assertThat(sent.body()).isEqualTo("upstream");
        assertThat(STAGE.upstream().single().uri()).isEqualTo("/payment");
    }

    @Test
    void routeThatKeepsNoFormsKeepsNone() {
        assertThat(browser.submit(STAGE.url("/api/books"), ORDER).body()).contains("Sign in in a new tab");
        assertThat(STAGE.redis().keys()).noneMatch(key -> key.contains(":form:"));
    }

    @Test
    void nobodyElseSeesIt() {
        Answer kept = browser.submit(STAGE.url("/books"), ORDER);

        Answer refused = goOn(new Browser(), kept, "bob", "Builder-42!!");

        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.body())
                .contains("form-of-another", "signed in as Bob", "Use another account")
                .doesNotContain("Wuthering");
    }

    @Test
    void nothingOfItIsReadableInRedis() {
        browser.submit(STAGE.url("/books"), Map.of("secret", "Heathcliff"));

        assertThat(STAGE.redis().keys())
                .filteredOn(key -> key.contains(":form:"))
                .hasSize(1);
        assertThat(STAGE.redis().contents())
                .noneMatch(content -> new String(content, StandardCharsets.ISO_8859_1).contains("Heathcliff"));
    }

    /** The class of CVE-2021-32792: a form that is shown again is markup made of what somebody has sent. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"><script>x()</script>",
                "</script><img src=x onerror=x()>",
                "' onfocus='x()' autofocus='",
                "javascript:x()",
                "{{7*7}}${x}",
                "a\r\nb\nc\td",
                "&lt;b&gt;&quot;"
            })
    void s65NamesAndValuesAreShownAsTheyAreAndNeverRead(String nasty) {
        Answer kept = browser.submit(STAGE.url("/books"), new TreeMap<>(Map.of(nasty, "1", "value", nasty)));

        Answer question = goOn(browser, kept, "alice", "Wonderland-42!");

        String escaped =
                HtmlUtils.htmlEscape(nasty, "UTF-8").replace("\r", "&#13;").replace("\n", "&#10;");
        assertThat(question.body())
                .contains("name=\"" + escaped + "\" value=\"1\"", "name=\"value\" value=\"" + escaped + "\"")
                .doesNotContain("<script", "<img");
        assertThat(question.header("Content-Security-Policy").orElseThrow())
                .contains("default-src 'none'")
                .doesNotContain("unsafe-inline");
    }

    @Test
    void discardedFormIsGone() {
        Answer kept = browser.submit(STAGE.url("/books"), ORDER);
        Answer question = goOn(browser, kept, "alice", "Wonderland-42!");
        String name = question.uri().getQuery().substring("name=".length());

        browser.submit(STAGE.url("/auth/form"), Map.of("name", name));

        assertThat(browser.open(question.uri().toString()).body()).contains("form-unknown");
        assertThat(STAGE.upstream().received()).isEmpty();
    }

    @Test
    void endedSessionKeepsAFormForAnHourAndNoLonger() {
        STAGE.advance(Duration.ofHours(3));
        STAGE.redis().clear();

        assertThat(browser.submit(STAGE.url("/books"), ORDER).status()).isEqualTo(401);
        assertThat(STAGE.redis().keys()).isEmpty();
    }

    @Test
    void signedOutBrowserIsNoStrangerForAnHour() {
        browser.follow(browser.open(STAGE.url("/books")));
        String session = browser.cookies().get("gatehouse");
        browser.submit(STAGE.url("/auth/sign-out"), Map.of());

        browser.with("gatehouse", session).submit(STAGE.url("/books"), ORDER);

        assertThat(STAGE.redis().keys()).anyMatch(key -> key.contains(":form:"));
    }

    @Test
    void otherSitesAndStrangersHaveNothingKept() {
        Map<String, String> foreign = Map.of(
                "Accept", "text/html",
                "Content-Type", "application/x-www-form-urlencoded",
                "Sec-Fetch-Site", "cross-site",
                "Sec-Fetch-Mode", "navigate",
                "Sec-Fetch-Dest", "document");

        assertThat(browser.send("POST", STAGE.url("/books"), "a=b", foreign).status())
                .isEqualTo(401);
        assertThat(new Browser().submit(STAGE.url("/books"), ORDER).status()).isEqualTo(401);
        assertThat(new Browser()
                        .with("gatehouse", "A".repeat(43))
                        .submit(STAGE.url("/books"), ORDER)
                        .status())
                .isEqualTo(401);
        assertThat(STAGE.redis().keys()).noneMatch(key -> key.contains(":form:"));
    }

    @Test
    void whatIsTooLongOrNoFormStaysInTheTab() {
        Answer tooLong = browser.submit(STAGE.url("/books"), Map.of("text", "x".repeat(65_600)));
        Answer latin = browser.send("POST", STAGE.url("/books"), "name=%FC", form("application/x-www-form-urlencoded"));
        Answer upload = browser.send("POST", STAGE.url("/books"), "x", form("multipart/form-data; boundary=x"));

        assertThat(tooLong.body()).contains("Sign in in a new tab", "load this page again");
        assertThat(latin.body()).contains("Sign in in a new tab");
        assertThat(upload.body()).contains("Sign in in a new tab");
        assertThat(STAGE.redis().keys()).noneMatch(key -> key.contains(":form:"));
        assertThat(STAGE.upstream().received()).isEmpty();
    }

    @Test
    void sixtyFourKibibytesAreKept() {
        assertThat(browser.submit(STAGE.url("/books"), Map.of("text", "x".repeat(65_536 - 5)))
                        .body())
                .contains("Your form is kept");
    }

    @Test
    void oneBrowserHasAFewFormsKeptAtMost() {
        for (int i = 0; i < 40; i++) {
            browser.submit(STAGE.url("/books/" + i), ORDER);
        }

        assertThat(STAGE.redis().keys())
                .filteredOn(key -> key.contains(":form:"))
                .hasSizeBetween(2, 8);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?name=", "?name=x", "?name=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"})
    void unknownFormIsAPage(String query) {
        browser.follow(browser.open(STAGE.url("/books")));

        assertThat(browser.open(STAGE.url("/auth/form" + query)).status()).isEqualTo(404);
    }

    /** Follows the link of the page; Logto asks for credentials unless it knows the browser. */
    private static Answer goOn(Browser browser, Answer kept, String user, String password) {
        String link = kept.body().replaceAll("(?s).*href=\"(/auth/sign-in[^\"]+)\".*", "$1");
        Answer page = browser.follow(browser.click(STAGE.url(link.replace("&amp;", "&"))));
        return page.body().contains("name=\"password\"")
                ? browser.follow(browser.fillIn(page, Map.of("identifier", user, "password", password)))
                : page;
    }

    private static Map<String, String> form(String type) {
        return Map.of(
                "Accept", "text/html",
                "Content-Type", type,
                "Sec-Fetch-Site", "same-origin",
                "Sec-Fetch-Mode", "navigate",
                "Sec-Fetch-Dest", "document");
    }
}
