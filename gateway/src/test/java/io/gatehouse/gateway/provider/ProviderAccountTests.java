package io.gatehouse.gateway.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.gatehouse.gateway.live.Secret;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProviderAccountTests {

    private static final Secret SECRET = Secret.of("secret");
    private static final LogtoProperties NO_LOGTO = new LogtoProperties(null, null, null, null, null, List.of());
    private static final OidcProperties NO_OIDC = new OidcProperties(null, null, null, null, null);

    @ParameterizedTest
    @ValueSource(strings = {"https://tenant.logto.app", "https://tenant.logto.app/"})
    void issuerOfLogtoIsItsEndpointWithOidc(String endpoint) {
        var logto = new LogtoProperties(URI.create(endpoint), "app", Secret.of("secret"), null, null, List.of());

        ProviderAccount account = ProviderAccount.of(logto, NO_OIDC);
        assertThat(account).hasToString("issuer=https://tenant.logto.app/oidc, client-id=app");
        assertThat(account.clientSecret().value()).isEqualTo("secret");
        assertThat(account.isLogto()).isTrue();
    }

    @Test
    void issuerOfAnotherProviderIsTakenToTheLetter() {
        var oidc = new OidcProperties(URI.create("https://idp.example/tenant/"), "client", SECRET, null, null);

        assertThat(ProviderAccount.of(NO_LOGTO, oidc))
                .isEqualTo(new ProviderAccount("https://idp.example/tenant/", "client", SECRET, false));
    }

    @Test
    void withoutEitherThereIsNoAccount() {
        assertThatIllegalStateException().isThrownBy(() -> ProviderAccount.of(NO_LOGTO, NO_OIDC));
    }

    @Test
    void gatewayItselfIsTheMachineApplicationOrElseTheOneThatSignsIn() {
        var account = new ProviderAccount("https://idp.example", "client", SECRET, false);
        Secret oil = Secret.of("oil");
        var machine = new OidcProperties(URI.create("https://idp.example"), "client", SECRET, "robot", oil);

        assertThat(MachineAccount.of(NO_LOGTO, machine, account)).isEqualTo(new MachineAccount("robot", oil));
        assertThat(MachineAccount.of(NO_LOGTO, NO_OIDC, account)).isEqualTo(new MachineAccount("client", SECRET));
    }

    @Test
    void secretIsNeverPrinted() {
        Secret hidden = Secret.of("s3cret");
        var logto = new LogtoProperties(
                URI.create("https://tenant.logto.app"), "app", hidden, "machine", hidden, List.of("s3cret"));
        var oidc = new OidcProperties(URI.create("https://idp.example"), "client", hidden, "machine", hidden);

        ProviderAccount account = ProviderAccount.of(logto, NO_OIDC);
        assertThat(logto + " " + oidc + " " + account + MachineAccount.of(logto, NO_OIDC, account))
                .doesNotContain("s3cret");
    }
}
