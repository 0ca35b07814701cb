package io.gatehouse.gateway.login;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.gateway.fixture.Browser;
import io.gatehouse.gateway.fixture.Browser.Answer;
import io.gatehouse.gateway.fixture.Stage;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an IdP, or somebody in its place, may answer: the cases of the OpenID conformance suite for relying parties. */
class IdTokenIT {

    @RegisterExtension
    static final Stage STAGE = new Stage();

    private final Browser browser = new Browser();

    @ParameterizedTest
    @ValueSource(
            strings = {"'name':'iss','edit':'replace','value':'https://evil.example'", "'name':'iss','edit':'remove'"})
    void responseOfAnotherIssuerIsRefusedBeforeTheCodeIsSentAnywhere(String fault) {
        STAGE.logto().fault(("{'endpoint':'authorize','kind':'response-parameter'," + fault + "}").replace('\'', '"'));

        Answer answer = signIn();

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).contains("sign-in-invalid");
        assertThat(STAGE.logto().calls("token")).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'kind':'id-token-claim','name':'iss','edit':'replace','value':'https://evil.example'",
                "'kind':'id-token-claim','name':'iss','edit':'remove'",
                "'kind':'id-token-claim','name':'sub','edit':'remove'",
                "'kind':'id-token-claim','name':'sub','edit':'replace','value':' '",
                "'kind':'id-token-claim','name':'nbf','edit':'replace','value':4102444800",
                "'kind':'id-token-claim','name':'aud','edit':'replace','value':'another-client'",
                "'kind':'id-token-claim','name':'aud','edit':'remove'",
                "'kind':'id-token-claim','name':'aud','edit':'replace','value':['bookstore-gateway','another-client']",
                "'kind':'id-token-claim','name':'azp','edit':'replace','value':'another-client'",
                "'kind':'id-token-claim','name':'nonce','edit':'replace','value':'x'",
                "'kind':'id-token-claim','name':'nonce','edit':'remove'",
                "'kind':'id-token-claim','name':'exp','edit':'remove'",
                "'kind':'id-token-claim','name':'exp','edit':'shift','by':'-2h'",
                "'kind':'id-token-claim','name':'iat','edit':'remove'",
                "'kind':'id-token-claim','name':'iat','edit':'shift','by':'2h'",
                "'kind':'id-token-signature','signature':'none'",
                "'kind':'id-token-signature','signature':'hs256-client-secret'",
                "'kind':'id-token-signature','signature':'hs256-public-key'",
                "'kind':'id-token-signature','signature':'broken'",
                "'kind':'id-token-signature','signature':'unknown-kid'",
                "'kind':'id-token-signature','signature':'other-key'",
                "'kind':'response-field','name':'id_token','edit':'remove'",
                "'kind':'response-field','name':'id_token','edit':'replace','value':'a.b.c'"
            })
    void idTokenThatDoesNotProveWhoItIsMakesNoSession(String fault) {
        STAGE.logto().fault(("{'endpoint':'token'," + fault + "}").replace('\'', '"'));

        Answer answer = signIn();

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).contains("sign-in-invalid", "Sign in again");
        assertThat(browser.cookies()).doesNotContainKey("gatehouse");
        assertThat(STAGE.logto().calls("token")).isEqualTo(1);
        assertThat(STAGE.logto().calls("userinfo")).isZero();
        assertThat(STAGE.redis().sessions()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'kind':'id-token-signature','signature':'missing-kid'",
                "'kind':'response-field','name':'token_type','edit':'replace','value':'bEARER'",
                "'kind':'response-field','name':'expires_in','edit':'remove'",
                "'kind':'response-field','name':'refresh_token','edit':'remove'",
                "'kind':'id-token-claim','name':'aud','edit':'replace','value':['bookstore-gateway']",
                "'kind':'id-token-claim','name':'sid','edit':'remove'",
                "'kind':'id-token-claim','name':'iat','edit':'shift','by':'30s'"
            })
    void whatTheSpecificationsAllowIsAccepted(String fault) {
        STAGE.logto().fault(("{'endpoint':'token'," + fault + "}").replace('\'', '"'));

        assertThat(signIn().status()).isEqualTo(302);
        assertThat(browser.cookies()).containsKey("gatehouse");
        assertThat(browser.fetch("GET", STAGE.url("/auth/session")).body()).contains("\"signedIn\":true");
        assertThat(browser.open(STAGE.url("/books")).status()).isEqualTo(200);
    }

    private Answer signIn() {
        return STAGE.signInAsAlice(browser);
    }
}
