package io.gatehouse.gateway.login;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.gateway.fixture.Browser;
import io.gatehouse.gateway.fixture.Browser.Answer;
import io.gatehouse.gateway.fixture.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What an IdP, or somebody in its place, may say in an ID token: the modules of the OpenID conformance suite for
 * relying parties, by their number in our list and their name there. {@link RelyingPartyIT} has those that are about
 * anything else.
 */
class IdTokenIT {

    @RegisterExtension
    static final Stage STAGE = new Stage();

    private final Browser browser = new Browser();

    /** {@code oidcc-client-test-invalid-iss}. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "'edit':'replace','value':'https://evil.example'",
                "'edit':'replace','value':'ISSUER/'",
                "'edit':'replace','value':''",
                "'edit':'remove'"
            })
    void r2IdTokenOfAnotherIssuerIsRejected(String edit) {
        assertRejected(claim("iss", edit.replace("ISSUER", STAGE.logto().issuer())));
    }

    /** {@code oidcc-client-test-missing-sub}. */
    @ParameterizedTest
    @ValueSource(strings = {"'edit':'remove'", "'edit':'replace','value':' '", "'edit':'replace','value':null"})
    void r3IdTokenWithoutSubjectIsRejected(String edit) {
        assertRejected(claim("sub", edit));
    }

    /** {@code oidcc-client-test-invalid-aud}. */
    @ParameterizedTest
    @ValueSource(strings = {"'another-client'", "['another-client']", "[]", "''"})
    void r4IdTokenForAnotherClientIsRejected(String audience) {
        assertRejected(claim("aud", replacedBy(audience)));
    }

    /** {@code oidcc-client-test-missing-iat}. */
    @Test
    void r5IdTokenWithoutTimeOfIssueIsRejected() {
        assertRejected(claim("iat", "'edit':'remove'"));
    }

    /**
     * {@code oidcc-client-test-idtoken-sig-none}, and R20, the same of another plan. A plain client need not verify the
     * signature of a token that came from the token endpoint; this one does.
     */
    @ParameterizedTest
    @ValueSource(strings = {"none", "null-algorithm"})
    void r9r20UnsignedIdTokenIsRejected(String signature) {
        assertRejected(signed(signature));
    }

    /** {@code oidcc-client-test-invalid-sig-rs256}, for ES384, which is Logto's. */
    @ParameterizedTest
    @ValueSource(strings = {"broken", "other-key"})
    void r10BrokenSignatureIsRejected(String signature) {
        assertRejected(signed(signature));
    }

    /** {@code oidcc-client-test-nonce-invalid}, and {@code -missing-nonce} of R44. */
    @ParameterizedTest
    @ValueSource(strings = {"'edit':'replace','value':'x'", "'edit':'replace','value':''", "'edit':'remove'"})
    void r14r44IdTokenOfAnotherSignInIsRejected(String edit) {
        assertRejected(claim("nonce", edit));
    }

    /** {@code oidcc-client-test-missing-aud}. */
    @Test
    void r41IdTokenForNobodyIsRejected() {
        assertRejected(claim("aud", "'edit':'remove'"));
    }

    /** {@code oidcc-client-test-invalid-sig-hs256}: with the client's secret, and with the public key as the secret. */
    @ParameterizedTest
    @ValueSource(strings = {"hs256-client-secret", "hs256-public-key"})
    void r41SymmetricSignatureIsRejected(String signature) {
        assertRejected(signed(signature));
    }

    /** {@code oidcc-client-test-invalid-sig-es256}: under a key that is good for ES384. */
    @Test
    void r41SignatureOfAnotherCurveIsRejected() {
        assertRejected(signed("other-algorithm"));
    }

    /** {@code oidcc-client-test-invalid-athash} and {@code -invalid-chash}. Logto sends neither hash, and need not. */
    @ParameterizedTest
    @ValueSource(strings = {"at_hash", "c_hash"})
    void r41HashOfAnotherAccessTokenOrCodeIsRejected(String claim) {
        assertRejected(claim(claim, replacedBy("'77QmUPtjPfzWtF2AnpK9RQ'")));
    }

    /** {@code oidcc-client-test-aggregated-claims} and {@code -distributed-claims}: it would be the IdP's request. */
    @Test
    void r41SourcesOfFurtherClaimsAreNotFetched() {
        fault(claim("_claim_names", replacedBy("{'salary':'far','grade':'near'}")));
        fault(claim(
                "_claim_sources",
                replacedBy("{'far':{'endpoint':'" + STAGE.upstream().url()
                        + "/claims','access_token':'x'},'near':{'JWT':'eyJhbGciOiJub25lIn0.e30.'}}")));

        assertThat(signIn().status()).isEqualTo(302);
        assertThat(browser.fetch("GET", STAGE.url("/auth/session")).body()).contains("\"signedIn\":true");
        assertThat(STAGE.upstream().received()).isEmpty();
    }

    /** {@code fapi2-...-client-test-invalid-missing-exp} and {@code -invalid-expired-exp}. */
    @ParameterizedTest
    @ValueSource(strings = {"'edit':'remove'", "'edit':'shift','by':'-2h'"})
    void r44IdTokenThatHasExpiredOrNeverDoesIsRejected(String edit) {
        assertRejected(claim("exp", edit));
    }

    /** {@code fapi2-...-client-test-invalid-secondary-aud}: nobody else is trusted, whoever {@code azp} names. */
    @ParameterizedTest
    @ValueSource(strings = {"", "bookstore-gateway", "another-client"})
    void r44IdTokenForSomebodyElseTooIsRejected(String authorizedParty) {
        fault(claim("aud", replacedBy("['bookstore-gateway','another-client']")));

        assertRejected(
                claim("azp", authorizedParty.isEmpty() ? "'edit':'remove'" : replacedBy("'" + authorizedParty + "'")));
    }

    /** {@code fapi2-...-client-test-valid-aud-as-array}. */
    @Test
    void r44AudienceInAnArrayIsAccepted() {
        assertAccepted(claim("aud", replacedBy("['bookstore-gateway']")));
    }

    /** {@code fapi2-...-client-test-token-type-case-insensitivity}. */
    @ParameterizedTest
    @ValueSource(strings = {"bEARER", "bearer", "BEARER"})
    void r44TypeOfTheAccessTokenMayBeSpeltInAnyCase(String type) {
        assertAccepted(field("token_type", replacedBy("'" + type + "'")));
    }

    /** {@code fapi2-...-client-test-token-endpoint-response-without-expires_in}. */
    @Test
    void r44AnswerWithoutALifetimeIsAccepted() {
        assertAccepted(field("expires_in", "'edit':'remove'"));
    }

    /** What the suite does not ask. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "'kind':'id-token-claim','name':'nbf','edit':'replace','value':4102444800",
                "'kind':'id-token-claim','name':'azp','edit':'replace','value':'another-client'",
                "'kind':'id-token-claim','name':'iat','edit':'shift','by':'2h'",
                "'kind':'id-token-signature','signature':'unknown-kid'",
                "'kind':'response-field','name':'id_token','edit':'remove'",
                "'kind':'response-field','name':'id_token','edit':'replace','value':'a.b.c'",
                "'kind':'response-field','name':'id_token','edit':'replace','value':'e30.e30.e30'"
            })
    void idTokenThatDoesNotProveWhoItIsMakesNoSession(String fault) {
        assertRejected(fault);
    }

    /** A claim of another kind is the IdP's mistake, and no defect of ours. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "'name':'exp','edit':'replace','value':'tomorrow'",
                "'name':'iat','edit':'replace','value':['now']",
                "'name':'aud','edit':'replace','value':{'x':1}",
                "'name':'nonce','edit':'replace','value':1",
                "'name':'iss','edit':'replace','value':1",
                "'name':'at_hash','edit':'replace','value':[]"
            })
    void claimThatCannotBeReadMakesNoSession(String fault) {
        assertRejected("'kind':'id-token-claim'," + fault);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'kind':'response-field','name':'refresh_token','edit':'remove'",
                "'kind':'id-token-claim','name':'sid','edit':'remove'",
                "'kind':'id-token-claim','name':'iat','edit':'shift','by':'30s'"
            })
    void whatTheSpecificationsAllowIsAccepted(String fault) {
        assertAccepted(fault);
    }

    private void assertRejected(String fault) {
        fault(fault);

        Answer answer = signIn();

        Rejections.assertRejected(STAGE, browser, answer, "sign-in-invalid");
        assertThat(STAGE.logto().calls("token")).isEqualTo(1);
    }

    private void assertAccepted(String fault) {
        fault(fault);

        assertThat(signIn().status()).isEqualTo(302);
        assertThat(browser.cookies()).containsKey("gatehouse");
        assertThat(browser.fetch("GET", STAGE.url("/auth/session")).body()).contains("\"signedIn\":true");
        assertThat(browser.open(STAGE.url("/books")).status()).isEqualTo(200);
    }

    private static String claim(String name, String edit) {
        return "'kind':'id-token-claim','name':'" + name + "'," + edit;
    }

    private static String field(String name, String edit) {
        return "'kind':'response-field','name':'" + name + "'," + edit;
    }

    private static String signed(String signature) {
        return "'kind':'id-token-signature','signature':'" + signature + "'";
    }

    private static String replacedBy(String value) {
        return "'edit':'replace','value':" + value;
    }

    private static void fault(String fault) {
        STAGE.logto().fault(("{'endpoint':'token'," + fault + "}").replace('\'', '"'));
    }

    private Answer signIn() {
        return STAGE.signInAsAlice(browser);
    }
}
