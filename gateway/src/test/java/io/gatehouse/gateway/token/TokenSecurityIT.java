package io.gatehouse.gateway.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.gateway.fixture.BackChannel;
import io.gatehouse.gateway.fixture.Browser;
import io.gatehouse.gateway.fixture.Browser.Answer;
import io.gatehouse.gateway.fixture.Stage;
import io.gatehouse.gateway.session.AccessToken;
import io.gatehouse.gateway.session.BrowserSession;
import io.gatehouse.gateway.session.SessionTokens;
import io.gatehouse.gateway.session.Sessions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpCookie;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;

/** What has gone wrong with tokens in other gateways; each test says where. */
class TokenSecurityIT {

    private static final String KEY = "an ops key of 32 characters or more".replace(' ', '-');

    @RegisterExtension
    static final Stage STAGE = new Stage(Map.of("gatehouse.ops.key", KEY));

    private final Browser browser = new Browser();

    /** S49: CVE-2021-29652, a signature that nobody verified. At sign-in. */
    @ParameterizedTest
    @ValueSource(strings = {"none", "hs256-public-key", "hs256-client-secret", "broken", "other-key"})
    void s49ForgedIdTokenMakesNoSession(String signature) {
        forgeIdTokens(signature);

        Answer callback = browser.signIn(browser.open(STAGE.url("/books")), "alice", "Wonderland-42!");
        Answer answer = browser.open(callback.location().toString());

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).contains("sign-in-invalid");
        assertThat(STAGE.redis().sessions()).isEmpty();
    }

    /** S49: the same with the ID token that comes with a refresh, of which nothing is believed. */
    @ParameterizedTest
    @ValueSource(strings = {"none", "hs256-public-key", "hs256-client-secret", "broken", "other-key"})
    void s49ForgedIdTokenOfARefreshIsNotBelieved(String signature) {
        STAGE.signInAsAlice(browser);
        forgeIdTokens(signature);
        STAGE.logto().control("PATCH", "users/alice", "{\"name\":\"Mallory\"}");

        Answer answer = browser.fetch("GET", STAGE.url("/api/books"));

        assertThat(answer.status()).isEqualTo(403);
        assertThat(STAGE.upstream().received()).isEmpty();
        assertThat(browser.fetch("GET", STAGE.url("/auth/session")).body())
                .contains("Alice Liddell")
                .doesNotContain("Mallory");
        STAGE.logto().control("DELETE", "faults", "");
        STAGE.advance(Duration.ofSeconds(5));
        assertThat(browser.fetch("GET", STAGE.url("/api/books")).status()).isEqualTo(200);
        assertThat(browser.fetch("GET", STAGE.url("/auth/session")).body()).contains("Mallory");
    }

    /** S53: a protocol parameter sent twice, of which two programs read different ones. */
    @ParameterizedTest
    @ValueSource(strings = {"code=a&code=b&state=s", "code=a&state=s&state=t", "code=a&state=s&iss=i&iss=j"})
    void s53DuplicateParameterOfAnAuthorizationResponseIsRefused(String query) {
        assertThat(browser.open(STAGE.url("/auth/callback?" + query)).status()).isEqualTo(400);
        assertThat(STAGE.logto().calls("token")).isZero();
    }

    /** S53: the same with two logout tokens, both of them good. */
    @Test
    void s53DuplicateLogoutTokenIsRefused() {
        STAGE.signInAsAlice(browser);
        BackChannel logto = new BackChannel(STAGE);
        String form = logto.formOf("'sub':'" + logto.subject("alice") + "'");

        Answer answer = logto.post(BackChannel.FORM, form + "&" + form);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(STAGE.redis().sessions()).hasSize(1);
        assertThat(logto.post(BackChannel.FORM, form).status()).isEqualTo(200);
    }

    /** S56: CVE-2024-39315, tokens in what the gateway says of a session. */
    @Test
    void s56NoTokenIsInAnyAnswerOfTheGateway() {
        STAGE.signInAsAlice(browser);
        browser.fetch("GET", STAGE.url("/api/books"));
        STAGE.advance(Duration.ofMinutes(1));

        List<String> secrets = secrets();
        assertThat(secrets).hasSize(4).allMatch(secret -> secret.length() >= 40);
        List<Answer> answers = Stream.of(
                        "/auth/session",
                        "/auth/session?extend=true",
                        "/auth/sessions",
                        "/auth/sign-out",
                        "/auth/signed-out",
                        "/auth/callback?code=x&state=y",
                        "/auth/organization",
                        "/auth/nowhere")
                .flatMap(path -> Stream.of(browser.open(STAGE.url(path)), browser.fetch("GET", STAGE.url(path))))
                .toList();
        assertThat(answers).allSatisfy(answer -> {
            assertThat(answer.body()).doesNotContain(secrets);
            assertThat(answer.headers().map().toString()).doesNotContain(secrets);
        });
    }

    /** S56: CVE-2024-47616, a browser's rights on the port of the operators. */
    @Test
    void s56WhatABrowserOrAnUpstreamHasOpensNothingForOperators() {
        STAGE.signInAsAlice(browser);
        browser.fetch("GET", STAGE.url("/api/books"));
        String relayed = STAGE.upstream().single().headers().get("Authorization");
        String sessions = STAGE.gateway().ops() + "/sessions?subject=x";

        assertThat(browser.fetch("GET", sessions).status()).isEqualTo(401);
        assertThat(browser.send("GET", sessions, "", Map.of("Authorization", relayed))
                        .status())
                .isEqualTo(401);
        assertThat(new Browser()
                        .send("GET", sessions, "", Map.of("Authorization", "Bearer " + KEY))
                        .status())
                .isEqualTo(200);
    }

    private static void forgeIdTokens(String signature) {
        STAGE.logto()
                .fault("{\"endpoint\":\"token\",\"kind\":\"id-token-signature\",\"signature\":\"" + signature + "\"}");
    }

    /** The refresh token, the ID token, an access token and the session id. */
    private List<String> secrets() {
        String id = browser.cookies().get("gatehouse");
        var request = MockServerHttpRequest.get("/")
                .cookie(new HttpCookie("gatehouse", id))
                .build();
        BrowserSession session =
                STAGE.gateway().bean(Sessions.class).peek(request).block();
        SessionTokens tokens = session.tokens();
        return Stream.concat(
                        Stream.of(id, tokens.refreshToken(), tokens.idToken()),
                        tokens.access().values().stream().map(AccessToken::value))
                .toList();
    }
}
