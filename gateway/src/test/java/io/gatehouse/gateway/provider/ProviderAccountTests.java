package io.gatehouse.gateway.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProviderAccountTests {

    private static final LogtoProperties NO_LOGTO = new LogtoProperties(null, null, null, null, null, List.of());
    private static final OidcProperties NO_OIDC = new OidcProperties(null, null, null, null, null);

    @ParameterizedTest
    @ValueSource(strings = {"https://tenant.logto.app", "https://tenant.logto.app/"})
    void issuerOfLogtoIsItsEndpointWithOidc(String endpoint) {
        var logto = new LogtoProperties(URI.create(endpoint), "app", "secret", null, null, List.of());

        assertThat(ProviderAccount.of(logto, NO_OIDC))
                .isEqualTo(new ProviderAccount("https://tenant.logto.app/oidc", "app", "secret", true));
    }

    @Test
    void issuerOfAnotherProviderIsTakenToTheLetter() {
        var oidc = new OidcProperties(URI.create("https://idp.example/tenant/"), "client", "secret", null, null);

        assertThat(ProviderAccount.of(NO_LOGTO, oidc))
                .isEqualTo(new ProviderAccount("https://idp.example/tenant/", "client", "secret", false));
    }

    @Test
    void withoutEitherThereIsNoAccount() {
        assertThatIllegalStateException().isThrownBy(() -> ProviderAccount.of(NO_LOGTO, NO_OIDC));
    }

    @Test
    void gatewayItselfIsTheMachineApplicationOrElseTheOneThatSignsIn() {
        var account = new ProviderAccount("https://idp.example", "client", "secret", false);
        var machine = new OidcProperties(URI.create("https://idp.example"), "client", "secret", "robot", "oil");

        assertThat(MachineAccount.of(NO_LOGTO, machine, account)).isEqualTo(new MachineAccount("robot", "oil"));
        assertThat(MachineAccount.of(NO_LOGTO, NO_OIDC, account)).isEqualTo(new MachineAccount("client", "secret"));
    }

    @Test
    void secretIsNeverPrinted() {
        var logto = new LogtoProperties(
                URI.create("https://tenant.logto.app"), "app", "s3cret", "machine", "s3cret", List.of("s3cret"));
        var oidc = new OidcProperties(URI.create("https://idp.example"), "client", "s3cret", "machine", "s3cret");

        ProviderAccount account = ProviderAccount.of(logto, NO_OIDC);
        assertThat(logto + " " + oidc + " " + account + MachineAccount.of(logto, NO_OIDC, account))
                .doesNotContain("s3cret");
    }
}
