package io.gatehouse.bookstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

class EnvironmentVariablesTests {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "BOOKSTORE_ISSUER",
                "BOOKSTORE_JWK_SET_URI",
                "BOOKSTORE_JWKSETURI",
                "BOOKSTORE_ALGORITHMS_0",
                "BOOKSTORE_SIGN_IN_PATH",
                "SERVER_PORT",
                "MY_BOOKSTORE_X"
            })
    void optionsAndForeignVariablesPass(String variable) {
        assertThatCode(() -> EnvironmentVariables.refuseUnknown(List.of(variable)))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"BOOKSTORE_ISUER", "BOOKSTORE_", "BOOKSTORE_ISSUER_URI", "BOOKSTORE_PORTS"})
    void misspeltOptionIsRefusedByItsName(String variable) {
        assertThatThrownBy(() -> EnvironmentVariables.refuseUnknown(List.of("PATH", variable)))
                .isInstanceOfSatisfying(
                        InvalidConfigurationPropertyValueException.class,
                        failure -> assertThat(failure.getName()).isEqualTo(variable));
    }

    /**
     * In a namespace with a Service of that name every pod gets these; refusing them would stop the Bookstore there.
     */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "BOOKSTORE_SERVICE_HOST",
                "BOOKSTORE_SERVICE_PORT",
                "BOOKSTORE_SERVICE_PORT_HTTP",
                "BOOKSTORE_PORT",
                "BOOKSTORE_PORT_8090_TCP",
                "BOOKSTORE_PORT_8090_TCP_ADDR"
            })
    void variablesThatKubernetesAddsPass(String variable) {
        assertThatCode(() -> EnvironmentVariables.refuseUnknown(List.of(variable)))
                .doesNotThrowAnyException();
    }
}
