package io.gatehouse.gateway.journey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.gatehouse.gateway.journey.Steps.ALICE;
import static io.gatehouse.gateway.journey.Steps.ALICES_PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.Cookie;
import com.microsoft.playwright.options.SameSiteAttribute;
import io.gatehouse.gateway.fixture.Chromium;
import io.gatehouse.gateway.fixture.LogtoEmulator;
import io.gatehouse.gateway.fixture.RedisServer;
import io.gatehouse.gateway.fixture.TestCertificates;
import io.gatehouse.gateway.fixture.TestGateway;
import io.gatehouse.gateway.fixture.Upstream;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Over https, where the cookies have the prefix that a real browser holds to its rules. */
class SecureCookiesJourneyIT {

    @RegisterExtension
    static final Chromium CHROMIUM = new Chromium();

    private static final RedisServer REDIS = new RedisServer();
    private static final Upstream UPSTREAM = new Upstream();
    private static final TestGateway GATEWAY = new TestGateway().inRealTime();
    private static final String URL = GATEWAY.url().replace("http:", "https:");
    private static final LogtoEmulator LOGTO = new LogtoEmulator(URL);

    @BeforeAll
    static void start() {
        TestCertificates certificates = TestCertificates.issued("secure-cookies");
        REDIS.start();
        UPSTREAM.start();
        LOGTO.start();
        GATEWAY.with(REDIS, LOGTO, UPSTREAM)
                .with("gatehouse.public-url", URL)
                .with("server.ssl.certificate", certificates.serverCertificate().toString())
                .with(
                        "server.ssl.certificate-private-key",
                        certificates.serverKey().toString())
                .start();
    }

    @AfterAll
    static void stop() {
        GATEWAY.stop();
        LOGTO.close();
        UPSTREAM.stop();
        REDIS.close();
    }

    /**
     * CVE-2025-55162: a cookie that the browser does not remove, because its removal lacks what the prefix asks for.
     */
    @Test
    void s44SignOutRemovesTheCookieAndTheSession() {
        Page page = CHROMIUM.tab();
        signIn(page);
        assertThat(cookie("__Host-gatehouse")).singleElement().satisfies(cookie -> {
            assertThat(cookie.secure).isTrue();
            assertThat(cookie.httpOnly).isTrue();
            assertThat(cookie.path).isEqualTo("/");
            assertThat(cookie.sameSite).isEqualTo(SameSiteAttribute.LAX);
        });
        assertThat(page.evaluate("document.cookie").toString()).doesNotContain("gatehouse=", "gatehouse-");
        assertThat(REDIS.sessions()).hasSize(1);

        page.navigate(URL + "/auth/sign-out");
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Sign out"))
                .click();
        assertThat(page).hasURL(URL + "/");

        assertThat(cookie("__Host-gatehouse")).isEmpty();
        assertThat(cookie("__Host-gatehouse-out")).hasSize(1);
        assertThat(page.evaluate("document.cookie").toString()).doesNotContain("gatehouse=", "gatehouse-");
        assertThat(REDIS.sessions()).isEmpty();

        signIn(page);
        assertThat(cookie("__Host-gatehouse")).hasSize(1);
        assertThat(cookie("__Host-gatehouse-out")).isEmpty();
    }

    private static void signIn(Page page) {
        page.navigate(URL + "/books");
        Steps.signInAtLogto(page, ALICE, ALICES_PASSWORD);
        assertThat(page).hasURL(URL + "/books");
        assertThat(page.locator("body")).hasText("upstream");
    }

    private static List<Cookie> cookie(String name) {
        return CHROMIUM.context().cookies().stream()
                .filter(cookie -> cookie.name.equals(name))
                .toList();
    }
}
