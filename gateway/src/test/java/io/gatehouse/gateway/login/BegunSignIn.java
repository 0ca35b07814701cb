package io.gatehouse.gateway.login;

import io.gatehouse.gateway.fixture.Browser;
import io.gatehouse.gateway.fixture.Browser.Answer;
import io.gatehouse.gateway.fixture.Stage;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * A sign-in that a browser has begun, and the authorization response that would finish it.
 *
 * @param cookie the value of the flow cookie
 * @param code empty where nobody has signed in at Logto
 */
record BegunSignIn(String cookie, String state, String issuer, String code) {

    /** Far enough that Logto is asked. */
    static BegunSignIn asked(Stage stage) {
        Browser browser = new Browser();
        Answer toIdp = browser.open(stage.url("/auth/sign-in?return_to=/books"));
        return of(browser, toIdp, stage, "");
    }

    /** With a code that is good. */
    static BegunSignIn answered(Stage stage) {
        Browser browser = new Browser();
        Answer callback = browser.signIn(browser.open(stage.url("/books")), "alice", "Wonderland-42!");
        String code = callback.locationParameters().get("code").getFirst();
        return of(browser, callback, stage, code);
    }

    private static BegunSignIn of(Browser browser, Answer redirect, Stage stage, String code) {
        Map<String, List<String>> parameters = redirect.locationParameters();
        return new BegunSignIn(
                browser.cookies().get("gatehouse-flow"),
                parameters.get("state").getFirst(),
                URLEncoder.encode(stage.logto().issuer(), StandardCharsets.UTF_8),
                code);
    }

    String cookieHeader() {
        return "Cookie: gatehouse-flow=" + cookie;
    }

    /** The parameters of the response, encoded. */
    List<Parameter> response(String withCode) {
        return List.of(new Parameter("state", state), new Parameter("iss", issuer), new Parameter("code", withCode));
    }

    /** One of a query; both parts as they stand there. */
    record Parameter(String name, String value) {

        @Override
        public String toString() {
            return name + "=" + value;
        }
    }
}
