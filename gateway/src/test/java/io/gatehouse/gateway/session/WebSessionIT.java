package io.gatehouse.gateway.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.gateway.fixture.Browser;
import io.gatehouse.gateway.fixture.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import org.springframework.web.server.WebSession;
import org.springframework.web.server.session.WebSessionManager;

/** What is written against Spring's {@code WebSession} works on our sessions, cookie included. */
class WebSessionIT {

    @RegisterExtension
    static final Stage STAGE = new Stage();

    private final Browser browser = new Browser();

    @Test
    void extensionKeepsAnAttributeInTheSessionOfThePersonAndItEndsWithIt() {
        STAGE.signInAsAlice(browser);

        WebSession session = webSession();
        session.getAttributes().put("theme", "dark");
        session.save().block();
        assertThat(webSession().<String>getAttribute("theme")).isEqualTo("dark");
        assertThat(webSession().isStarted()).isTrue();

        browser.fetch("POST", STAGE.url("/auth/sign-out"));
        assertThat(webSession().getAttributes()).isEmpty();
        assertThat(webSession().isStarted()).isFalse();
    }

    @Test
    void sessionIsFoundByTheCookieOfExactlyItsName() {
        STAGE.signInAsAlice(browser);
        String id = browser.cookies().get("gatehouse");

        assertThat(webSession("gatehouse=" + id).isStarted()).isTrue();
        assertThat(webSession(",gatehouse=" + id).isStarted()).isFalse();
        assertThat(webSession("\"gatehouse=" + id).isStarted()).isFalse();
    }

    private WebSession webSession() {
        return webSession("gatehouse=" + browser.cookies().get("gatehouse"));
    }

    private static WebSession webSession(String cookies) {
        var exchange = MockServerWebExchange.from(MockServerHttpRequest.get("/").header("Cookie", cookies));
        return STAGE.gateway()
                .bean(WebSessionManager.class)
                .getSession(exchange)
                .block();
    }
}
