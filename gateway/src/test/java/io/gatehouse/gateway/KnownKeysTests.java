package io.gatehouse.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

class KnownKeysTests {

    private final KnownKeys keys = new KnownKeys(GatehouseProperties.class);

    @ParameterizedTest
    @CsvSource({
        "PUBLIC_URL, public-url",
        "LOGTO_ENDPOINT, logto.endpoint",
        "LOGTO_APP_ID, logto.app-id",
        "SESSION_KEYS, session.keys",
        "SESSION_IDLE_TIMEOUT, session.idle-timeout",
        "SIGN_IN_FLOW_LIFETIME, sign-in.flow-lifetime",
        "OPS_PORT, ops.port",
        "UPSTREAM, upstream",
        "CONNECTORS_OKTA, connectors.okta",
        "CONNECTORS_ACME_NORTH, connectors.acme-north",
        "ROUTES_0_ID, routes[0].id",
        "ROUTES_12_RELAY_RESOURCE, routes[12].relay.resource",
        "ROUTES_0_PATH, routes[0].path",
        "ROUTES_0_PATH_1, routes[0].path[1]",
        "ROUTES_0_UPSTREAM_1, routes[0].upstream[1]",
        "ROUTES_0_CORS, routes[0].cors",
        "ROUTES_0_CORS_MAX_AGE, routes[0].cors.max-age"
    })
    void wordsOfTheEnvironmentBecomeAKey(String words, String key) {
        assertThat(keys.fromWords(List.of(words.split("_", -1)))).contains(key);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PUBLICURL",
                "LOGTO",
                "LOGTO_ENDPONT",
                "LOGTO_APP",
                "CONNECTORS",
                "ROUTES",
                "ROUTES_X_ID",
                "ROUTES_0",
                "ROUTES_0_TLS",
                "SESSION_KEYS_X",
                ""
            })
    void otherWordsDoNot(String words) {
        assertThat(keys.fromWords(List.of(words.split("_", -1)))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gatehouse.public-url",
                "gatehouse.publicUrl",
                "gatehouse.logto.app-id",
                "gatehouse.connectors.okta",
                "gatehouse.routes[0].path",
                "gatehouse.routes[3].path[1]",
                "gatehouse.routes[0].relay.scopes[0]"
            })
    void keyOfAFileIsKnownInEverySpelling(String name) {
        assertThat(keys.contains(ConfigurationPropertyName.adapt(name, '.'), 1)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gatehouse.foo",
                "gatehouse.public-url.x",
                "gatehouse.logto",
                "gatehouse.connectors",
                "gatehouse.routes",
                "gatehouse.routes[0]",
                "gatehouse.logto.secret",
                "gatehouse.routes[0].pth",
                "gatehouse.session.idle-timout"
            })
    void misspeltOneIsNot(String name) {
        assertThat(keys.contains(ConfigurationPropertyName.adapt(name, '.'), 1)).isFalse();
    }
}
