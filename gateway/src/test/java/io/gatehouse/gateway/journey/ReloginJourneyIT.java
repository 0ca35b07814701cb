package io.gatehouse.gateway.journey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.gatehouse.gateway.journey.Steps.ALICE;
import static io.gatehouse.gateway.journey.Steps.ALICES_PASSWORD;
import static io.gatehouse.gateway.journey.Steps.BOB;
import static io.gatehouse.gateway.journey.Steps.BOBS_PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import io.gatehouse.gateway.fixture.Chromium;
import io.gatehouse.gateway.fixture.Stage;
import io.gatehouse.gateway.fixture.Upstream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What people come back with when they have to sign in again, or in the middle of something. */
class ReloginJourneyIT {

    @RegisterExtension
    static final Stage STAGE = new Stage(Map.of(
            "gatehouse.routes[1].path", "/payment/**",
            "gatehouse.routes[1].access", "authenticated",
            "gatehouse.routes[1].sign-in.max-age", "0s",
            "gatehouse.routes[2].path", "/app/**",
            "gatehouse.routes[2].sign-in.keep-fragment", "true"));

    @RegisterExtension
    static final Chromium CHROMIUM = new Chromium();

    private static final List<String> NASTY = List.of(
            "\"><script>window.pwned=1</script>",
            "</textarea><img src=x onerror=window.pwned=1>",
            "' onfocus='window.pwned=1' autofocus='",
            "<svg/onload=window.pwned=1>",
            "javascript:window.pwned=1",
            "a\r\nb");

    @Test
    void formIsSentByTheSamePersonAsItWasTyped() {
        Page page = CHROMIUM.tab();
        AtomicInteger dialogs = new AtomicInteger();
        page.onDialog(dialog -> dialogs.incrementAndGet());
        signIn(page, "/books");
        STAGE.advance(Duration.ofMinutes(45));
        STAGE.upstream().forget();

        submit(page, "/orders?draft=1", NASTY);
        assertThat(page.locator("h1")).hasText("Your form is kept until you have signed in");
        CHROMIUM.picture(page, "form-kept");
        link(page, "Sign in and go on").click();
        assertThat(page.locator("h1")).hasText("Send your form now?");
        CHROMIUM.picture(page, "form-question");
        assertThat(page.evaluate("window.pwned")).isNull();
        button(page, "Send it").click();

        assertThat(page).hasURL(STAGE.url("/orders?draft=1"));
        assertThat(dialogs).hasValue(0);
        String sent = STAGE.upstream().received().stream()
                .filter(received -> received.method().equals("POST"))
                .map(Upstream.Received::body)
                .collect(Collectors.joining("only one"));
        String body = URLDecoder.decode(sent, StandardCharsets.UTF_8);
        assertThat(body).doesNotContain("only one");
        assertThat(NASTY).allSatisfy(text -> assertThat(body).contains(text + "=" + text));
    }

    @Test
    void formIsNotShownToSomebodyElse() {
        Page page = CHROMIUM.tab();
        signIn(page, "/books");
        STAGE.advance(Duration.ofMinutes(45));
        STAGE.upstream().forget();
        submit(page, "/orders", List.of("mine"));

        forgetLogto();
        link(page, "Sign in and go on").click();
        Steps.signInAtLogto(page, BOB, BOBS_PASSWORD);

        assertThat(page.locator("h1")).hasText("This form is somebody else's");
        assertThat(page.locator("main")).containsText("You are signed in as Bob");
        assertThat(page.content()).doesNotContain("mine");
        CHROMIUM.picture(page, "form-of-another");
        assertThat(STAGE.upstream().received()).isEmpty();
    }

    @Test
    void pageThatAsksForMoreGetsASignInInBetween() {
        Page page = CHROMIUM.tab();
        signIn(page, "/books");

        page.navigate(STAGE.url("/payment/7?x=1"));
        Steps.signInAtLogto(page, ALICE, ALICES_PASSWORD);

        assertThat(page).hasURL(STAGE.url("/payment/7?x=1"));
        assertThat(page.locator("body")).hasText("upstream");
    }

    @Test
    void fiveTabsAllComeHomeWhenTheyAreLoadedAgain() {
        STAGE.logto()
                .control(
                        "PATCH",
                        "sign-in-experience",
                        "{\"unknownSessionRedirectUrl\":\"" + STAGE.url("/auth/initiate") + "\"}");
        List<Page> tabs = IntStream.range(0, 5).mapToObj(tab -> CHROMIUM.tab()).toList();
        IntStream.range(0, 5).forEach(tab -> tabs.get(tab).navigate(STAGE.url("/books?tab=" + tab)));

        Steps.signInAtLogto(tabs.getFirst(), ALICE, ALICES_PASSWORD);
        assertThat(tabs.getFirst()).hasURL(STAGE.url("/books?tab=4"));
        tabs.subList(1, 5).forEach(Page::reload);

        assertThat(tabs.stream().map(Page::url).sorted())
                .containsExactlyElementsOf(IntStream.range(0, 5)
                        .mapToObj(tab -> STAGE.url("/books?tab=" + tab))
                        .toList());
    }

    /** As where a setting or an extension forbids this site its cookies. */
    @Test
    void blockedCookiesAreNamedEveryTime() {
        CHROMIUM.context().route(STAGE.url("/**"), ReloginJourneyIT::withoutCookies);
        Page page = CHROMIUM.tab();
        page.navigate(STAGE.url("/books"));
        Steps.signInAtLogto(page, ALICE, ALICES_PASSWORD);

        assertThat(page.locator("h1")).hasText("Your browser did not send our cookie back");
        CHROMIUM.picture(page, "cookie-not-returned");
        String first = page.url();
        link(page, "Sign in again").click();
        page.waitForURL(url -> url.contains("/auth/callback") && !url.equals(first));
        assertThat(page.locator("h1")).hasText("Your browser did not send our cookie back");

        CHROMIUM.context().unroute(STAGE.url("/**"));
        link(page, "Sign in again").click();
        assertThat(page).hasURL(STAGE.url("/"));
        assertThat(page.locator("body")).hasText("upstream");
    }

    /** Loads a page as it is for a browser that neither keeps nor sends cookies. */
    private static void withoutCookies(Route route) {
        var browser = new io.gatehouse.gateway.fixture.Browser();
        var answer = browser.open(route.request().url());
        Map<String, String> headers = new HashMap<>();
        answer.headers().map().forEach((name, values) -> headers.put(name, String.join(", ", values)));
        headers.remove("set-cookie");
        route.fulfill(new Route.FulfillOptions()
                .setStatus(answer.status())
                .setHeaders(headers)
                .setBody(answer.body()));
    }

    @Test
    void tileOfTheCompanysPortalLeadsThroughOkta() {
        Page page = CHROMIUM.tab();
        page.navigate(STAGE.logto().okta() + "/app/UserHome");
        Steps.signInAtOkta(page, "erin@acme.test");

        page.locator("#tile").click();

        assertThat(page).hasURL(STAGE.url("/"));
        page.navigate(STAGE.url("/auth/session"));
        assertThat(page.locator("body")).containsText("erin@acme.test");
    }

    /** The browser leaves cookies out of a form that another site sends. */
    @Test
    void formOfAnotherSiteStartsASignInBesideThoseOfOtherTabs() {
        Page waiting = CHROMIUM.tab();
        waiting.navigate(STAGE.url("/books?waiting"));
        Page portal = CHROMIUM.tab();
        portal.navigate(STAGE.upstream().url() + "/portal");

        send(
                portal,
                STAGE.url("/auth/initiate"),
                Map.of("iss", STAGE.logto().okta(), "target_link_uri", STAGE.url("/books?portal")));
        Steps.signInAtOkta(portal, "erin@acme.test");
        assertThat(portal).hasURL(STAGE.url("/books?portal"));
        waiting.navigate(STAGE.url("/auth/initiate"));

        assertThat(waiting).hasURL(STAGE.url("/books?waiting"));
    }

    @Test
    void fragmentIsKeptWhereARouteSaysSo() {
        Page page = CHROMIUM.tab();

        page.navigate(STAGE.url("/app/?q=%C3%A4&r=1#/books/7?x=%20y"));
        Steps.signInAtLogto(page, ALICE, ALICES_PASSWORD);

        assertThat(page).hasURL(STAGE.url("/app/?q=%C3%A4&r=1#/books/7?x=%20y"));
        assertThat(page.locator("body")).hasText("upstream");
    }

    @Test
    void withoutScriptOnlyTheFragmentIsLost() {
        Browser browser = CHROMIUM.context().browser();
        try (BrowserContext plain = browser.newContext(new Browser.NewContextOptions().setJavaScriptEnabled(false))) {
            Page page = plain.newPage();

            page.navigate(STAGE.url("/app/?q=1#/books/7"));
            page.locator("input[name=identifier]").waitFor();
            Steps.signInAtLogto(page, ALICE, ALICES_PASSWORD);

            page.waitForURL(STAGE.url("/app/?q=1") + "**");
        }
    }

    @Test
    void signInNeedsNoScriptOfOurs() {
        Browser browser = CHROMIUM.context().browser();
        try (BrowserContext plain = browser.newContext(new Browser.NewContextOptions().setJavaScriptEnabled(false))) {
            Page page = plain.newPage();

            page.navigate(STAGE.url("/books?x=1"));
            Steps.signInAtLogto(page, ALICE, ALICES_PASSWORD);

            assertThat(page).hasURL(STAGE.url("/books?x=1"));
            page.navigate(STAGE.url("/auth/sessions"));
            assertThat(page.locator("h1")).hasText("Where you are signed in");
        }
    }

    private static void signIn(Page page, String path) {
        page.navigate(STAGE.url(path));
        Steps.signInAtLogto(page, ALICE, ALICES_PASSWORD);
        assertThat(page).hasURL(STAGE.url(path));
    }

    private static void forgetLogto() {
        List.of("_session", "_session.sig")
                .forEach(name ->
                        CHROMIUM.context().clearCookies(new BrowserContext.ClearCookiesOptions().setName(name)));
    }

    /** Sends a form from the page that is open, as one of the application's own would be. */
    private static void submit(Page page, String path, List<String> namesAndValues) {
        send(page, path, namesAndValues.stream().collect(Collectors.toMap(text -> text, text -> text)));
        page.waitForURL("**" + path.replaceAll("\\?.*", "") + "*");
    }

    private static void send(Page page, String action, Map<String, String> fields) {
        page.evaluate("""
            ([action, fields]) => {
              const form = document.createElement('form');
              form.method = 'post';
              form.action = action;
              for (const [name, value] of Object.entries(fields)) {
                const field = document.createElement('textarea');
                field.name = name;
                field.value = value;
                form.append(field);
              }
              document.body.append(form);
              form.submit();
            }\
            """, List.of(action, fields));
    }

    private static Locator link(Page page, String name) {
        return page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(name));
    }

    private static Locator button(Page page, String name) {
        return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name));
    }
}
