package io.gatehouse.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.gatehouse.gateway.fixture.TestKeys;
import io.gatehouse.gateway.live.Secret;
import io.gatehouse.gateway.route.Access;
import io.gatehouse.gateway.route.RelayedToken;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

class ConfigurationReaderTests {

    private final Map<String, Object> environment = new HashMap<>(Map.of(
            "GATEHOUSE_PUBLIC_URL", "https://app.example",
            "GATEHOUSE_LOGTO_ENDPOINT", "https://tenant.logto.app",
            "GATEHOUSE_LOGTO_APP_ID", "app",
            "GATEHOUSE_LOGTO_APP_SECRET", "s3cret",
            "GATEHOUSE_SESSION_KEYS", TestKeys.entry("k1")));
    private final Map<String, Object> file = new HashMap<>(Map.of("server.forward-headers-strategy", "none"));

    @Test
    void everythingElseHasADefault() {
        GatehouseProperties read = read();

        assertThat(read.basePath().value()).isEqualTo("/auth");
        assertThat(read.paths().callback()).isEqualTo("/callback");
        assertThat(read.redis().url()).hasToString("127.0.0.1:6379");
        assertThat(read.redis().timeout()).isEqualTo(Duration.ofMillis(500));
        assertThat(read.redis().namespace()).isEqualTo("gatehouse");
        assertThat(read.session().idleTimeout()).isEqualTo(Duration.ofMinutes(30));
        assertThat(read.session().lifetime()).isEqualTo(Duration.ofHours(10));
        assertThat(read.signIn().flowLifetime()).isEqualTo(Duration.ofMinutes(60));
        assertThat(read.token().refreshAhead()).isEqualTo(Duration.ofSeconds(60));
        assertThat(read.relay().noStore()).isTrue();
        assertThat(read.ops().port()).isEqualTo(9091);
        assertThat(read.ops().address()).isEqualTo("127.0.0.1");
        assertThat(read.routes()).isEmpty();
        assertThat(read.connectors()).isEmpty();
        assertThat(read.signOut().then()).isNull();
        assertThat(read.cors().allowedOrigins()).isEmpty();
        assertThat(read.logto().webhookSigningKeys()).isEmpty();
    }

    @Test
    void environmentReachesEveryKindOfKey() {
        environment.putAll(Map.of(
                "GATEHOUSE_CONNECTORS_OKTA", "acme-1",
                "GATEHOUSE_REDIS_URL", "redis://user:pass@redis:6380/2",
                "GATEHOUSE_OPS_PORT", "9092",
                "GATEHOUSE_ROUTES_0_ID", "books",
                "GATEHOUSE_ROUTES_0_PATH", "/api/books/**,/books",
                "GATEHOUSE_ROUTES_0_CSRF", "off",
                "GATEHOUSE_ROUTES_0_UPSTREAM", "http://127.0.0.1:8090",
                "GATEHOUSE_ROUTES_0_RELAY_TOKEN", "access",
                "GATEHOUSE_ROUTES_0_RELAY_RESOURCE", "https://api.bookstore.local"));

        GatehouseProperties read = read();

        assertThat(read.connectors()).isEqualTo(Map.of("okta", "acme-1"));
        assertThat(read.redis().url()).hasToString("redis:6380");
        assertThat(read.ops().port()).isEqualTo(9092);
        assertThat(read.routes()).singleElement().satisfies(route -> {
            assertThat(route.path()).containsExactly("/api/books/**", "/books");
            assertThat(route.access()).isEqualTo(Access.AUTHENTICATED);
            assertThat(route.csrf()).isFalse();
            assertThat(route.relay().token()).isEqualTo(RelayedToken.ACCESS);
        });
    }

    @Test
    void filesHaveTheSameKeysAndTheEnvironmentWins() {
        file.put("gatehouse.routes[0].id", "r");
        file.put("gatehouse.routes[0].path", List.of("/a", "/b"));
        file.put("gatehouse.routes[0].upstream", "http://app:3000");
        file.put("gatehouse.session.idle-timeout", "5m");
        file.put("gatehouse.publicUrl", "https://other.example");

        GatehouseProperties read = read();

        assertThat(read.publicUrl().origin()).isEqualTo("https://app.example");
        assertThat(read.session().idleTimeout()).isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void oneUpstreamIsACompleteConfiguration() {
        environment.put("GATEHOUSE_UPSTREAM", "http://app:3000");

        assertThat(read().upstream()).isEqualTo(URI.create("http://app:3000"));
    }

    @Test
    void secretMayComeFromAFile(@TempDir Path directory) throws IOException {
        Path secret = Files.writeString(directory.resolve("secret"), "from-file\n");
        environment.remove("GATEHOUSE_LOGTO_APP_SECRET");
        environment.put("GATEHOUSE_LOGTO_APP_SECRET_FILE", secret.toString());

        assertThat(read().logto().appSecret()).extracting(Secret::value).isEqualTo("from-file");
    }

    @Test
    void opsKeyThatIsTooShortIsAComplaintThatDoesNotRepeatIt() {
        environment.put("GATEHOUSE_OPS_KEY", "short-and-secret");

        assertThat(complaints())
                .singleElement()
                .asString()
                .startsWith("gatehouse.ops.key (environment): must have at least 32");
        assertThat(complaints().toString()).doesNotContain("short-and-secret");
    }

    @Test
    void clientCertificateForOperatorsNeedsABundleAndNoKey() {
        environment.put("GATEHOUSE_OPS_CLIENT_AUTHENTICATION", "required");
        environment.put("GATEHOUSE_OPS_KEY", "0123456789abcdef0123456789abcdef");

        assertThat(complaints())
                .containsExactly(
                        "gatehouse.ops.client-authentication: required needs an ssl-bundle",
                        "gatehouse.ops: key and client-authentication: required exclude each other, because the"
                                + " certificate stands in for the key");
    }

    @Test
    void opsKeyMayComeFromAFileAndIsNeverPrinted(@TempDir Path directory) throws IOException {
        Path key = Files.writeString(directory.resolve("key"), "0123456789abcdef0123456789abcdef\n");
        environment.put("GATEHOUSE_OPS_KEY_FILE", key.toString());

        assertThat(read().ops().key()).isNotNull();
        assertThat(read()).asString().contains("key=set").doesNotContain("0123456789");
    }

    @Test
    void everythingWrongWithThePagesIsSaidAtOnce(@TempDir Path directory) throws IOException {
        Files.writeString(
                directory.resolve("layout.html"), "<html {{language}}>{{style}}{{title}}{{brand}}{{support}}");
        environment.putAll(Map.of(
                "GATEHOUSE_PAGES_NAME",
                "x".repeat(61),
                "GATEHOUSE_PAGES_LOGO",
                directory.resolve("layout.html").toString(),
                "GATEHOUSE_PAGES_ACCENT",
                "#8fb0ff",
                "GATEHOUSE_PAGES_ACCENT_DARK",
                "#2450b2",
                "GATEHOUSE_PAGES_SUPPORT",
                "http://help.example.com",
                "GATEHOUSE_PAGES_TEMPLATES",
                directory.toString()));

        assertThat(complaints())
                .satisfiesExactlyInAnyOrder(
                        it -> assertThat(it)
                                .startsWith("gatehouse.pages.logo (environment): '" + directory)
                                .endsWith("is neither an SVG nor a PNG, WebP or JPEG image"),
                        it -> assertThat(it)
                                .startsWith("gatehouse.pages.templates (environment): '" + directory)
                                .endsWith("' cannot be used: layout.html lacks {{body}}"),
                        it -> assertThat(it).startsWith("gatehouse.pages.name: must have between 1 and 60"),
                        it -> assertThat(it).startsWith("gatehouse.pages.accent: is too light to be read"),
                        it -> assertThat(it).startsWith("gatehouse.pages.accent-dark: is too dark to be read"),
                        it -> assertThat(it)
                                .contains(
                                        "gatehouse.pages.support (environment): 'http://help.example.com' must be an"));
    }

    @Test
    void accentThatIsNoColorIsOneComplaint() {
        environment.put("GATEHOUSE_PAGES_ACCENT", "blue");

        assertThat(complaints())
                .containsExactly("gatehouse.pages.accent (environment): 'blue' is not a color such as #2450b2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://help.example.com/gatehouse?from=sign-in",
                "mailto:help@example.com",
                "mailto:help@example.com?subject=Sign%20in"
            })
    void supportIsAPageOrAMailbox(String address) {
        environment.put("GATEHOUSE_PAGES_SUPPORT", address);

        assertThat(read().pages().support()).hasToString(address);
    }

    @ParameterizedTest
    @ValueSource(strings = {"javascript:alert(1)", "help.example.com", "https:help", "mailto:", "tel:123"})
    void supportIsNothingElse(String address) {
        environment.put("GATEHOUSE_PAGES_SUPPORT", address);

        assertThat(complaints()).singleElement().asString().contains("gatehouse.pages.support");
    }

    @Test
    void webhooksMayBeSignedWithTwoKeys(@TempDir Path directory) throws IOException {
        List<String> keys = List.of("0123456789abcdef", "fedcba9876543210");
        environment.put("GATEHOUSE_LOGTO_WEBHOOK_SIGNING_KEYS", String.join(", ", keys));
        assertThat(read().logto().webhookSigningKeys()).isEqualTo(keys);

        Path secret = Files.writeString(directory.resolve("keys"), String.join(",", keys) + "\n");
        environment.remove("GATEHOUSE_LOGTO_WEBHOOK_SIGNING_KEYS");
        environment.put("GATEHOUSE_LOGTO_WEBHOOK_SIGNING_KEYS_FILE", secret.toString());
        assertThat(read().logto().webhookSigningKeys()).isEqualTo(keys);

        environment.remove("GATEHOUSE_LOGTO_WEBHOOK_SIGNING_KEYS_FILE");
        file.put("gatehouse.logto.webhook-signing-keys[0]", keys.get(0));
        file.put("gatehouse.logto.webhook-signing-keys[1]", keys.get(1));
        assertThat(read().logto().webhookSigningKeys()).isEqualTo(keys);
    }

    @Test
    void fileThatIsMissingOrForNoSecretIsAComplaint() {
        environment.put("GATEHOUSE_REDIS_URL_FILE", "/nowhere");
        environment.put("GATEHOUSE_PUBLIC_URL_FILE", "/nowhere");

        assertThat(complaints())
                .anyMatch(complaint ->
                        complaint.contains("GATEHOUSE_REDIS_URL_FILE") && complaint.contains("cannot read"))
                .anyMatch(complaint -> complaint.contains("GATEHOUSE_PUBLIC_URL_FILE"));
    }

    @Test
    void allMistakesAreNamedAtOnce() {
        environment.put("GATEHOUSE_LOGTO_ENDPONT", "x");
        environment.put("GATEHOUSE_SESSION_IDLE_TIMEOUT", "soon");
        environment.put("GATEHOUSE_REDIS_TIMEOUT", "5s");
        file.put("gatehouse.session.idle-timout", "5m");
        file.put("gatehouse.routes[0].upstream", "http://app/path");
        file.put("gatehouse.routes[0].relay.token", "access");

        assertThat(complaints())
                .anyMatch(it -> it.startsWith("GATEHOUSE_LOGTO_ENDPONT (environment): there is no such setting"))
                .anyMatch(it ->
                        it.startsWith("gatehouse.session.idle-timeout (environment): 'soon' is not a valid duration"))
                .anyMatch(it -> it.startsWith("gatehouse.redis: timeout must be positive and at most 1s"))
                .anyMatch(
                        it -> it.startsWith("gatehouse.session.idle-timout") && it.contains("there is no such setting"))
                .anyMatch(it -> it.startsWith("gatehouse.routes[0].id: must not be null"))
                .anyMatch(it -> it.startsWith("gatehouse.routes[0].path: must not be empty"))
                .anyMatch(it -> it.startsWith("gatehouse.routes[0].upstream: must be http or https"))
                .anyMatch(it -> it.startsWith("gatehouse.routes[0].relay.resource: is required"))
                .hasSize(8);
    }

    @Test
    void whatIsMissingIsNamed() {
        environment.clear();

        assertThat(complaints())
                .anyMatch(it -> it.startsWith("gatehouse.public-url: is required"))
                .anyMatch(it -> it.startsWith("gatehouse.session.keys: is required"))
                .anyMatch(it ->
                        it.startsWith("gatehouse: logto.endpoint, logto.app-id and logto.app-secret are required"))
                .hasSize(3);
    }

    @Test
    void twoProvidersAreOneTooMany() {
        environment.putAll(Map.of(
                "GATEHOUSE_OIDC_ISSUER", "https://idp.example",
                "GATEHOUSE_OIDC_CLIENT_ID", "c",
                "GATEHOUSE_OIDC_CLIENT_SECRET", "s"));

        assertThat(complaints()).singleElement().asString().contains("are two IdPs");
    }

    @Test
    void missingPartOfAProviderIsNamed() {
        environment.remove("GATEHOUSE_LOGTO_APP_SECRET");

        assertThat(complaints()).containsExactly("gatehouse.logto.app-secret: is required");
    }

    @ParameterizedTest
    @CsvSource({
        "GATEHOUSE_PUBLIC_URL, http://app.example, must be https",
        "GATEHOUSE_BASE_PATH, auth, must be a plain path",
        "GATEHOUSE_LOGTO_ENDPOINT, https://tenant.logto.app/oidc, without /oidc",
        "GATEHOUSE_LOGTO_ENDPOINT, https://tenant.logto.app/oidc/, without /oidc",
        "GATEHOUSE_SESSION_IDLE_TIMEOUT, 30, is not a valid duration",
        "GATEHOUSE_REDIS_URL, redis-sentinel://redis#main, must be redis://",
        "GATEHOUSE_RELAY_FIRST_BYTE_TIMEOUT, 0s, must be positive",
        "GATEHOUSE_LOGTO_WEBHOOK_SIGNING_KEYS, hunter2, each must have at least 16",
        "GATEHOUSE_OPS_PORT, 70000, less than or equal to 65535",
        "GATEHOUSE_PATHS_SIGN_IN, /callback, must be different plain paths",
        "GATEHOUSE_SESSION_LIFETIME, 10m, idle-timeout must be positive and shorter",
        "GATEHOUSE_TOKEN_PATIENCE, 0s, must be positive",
        "GATEHOUSE_SIGN_IN_FLOW_LIFETIME, 48h, at most 24h",
        "GATEHOUSE_SIGN_OUT_THEN, http://acme.okta.com/login/signout, absolute https URL",
        "GATEHOUSE_SIGN_OUT_THEN, /login/signout, absolute https URL",
        "GATEHOUSE_SIGN_OUT_THEN, https://u:hunter2@acme.okta.com/, absolute https URL",
        "GATEHOUSE_SIGN_OUT_THEN, https://acme.okta.com/#x, absolute https URL",
        "GATEHOUSE_SIGN_OUT_THEN, javascript:alert(1), absolute https URL",
        "GATEHOUSE_CORS_ALLOWED_ORIGINS, *, must be an exact https origin",
        "GATEHOUSE_CORS_ALLOWED_ORIGINS, null, must be an exact https origin",
        "GATEHOUSE_CORS_ALLOWED_ORIGINS, https://*.example.com, must be an exact https origin",
        "GATEHOUSE_CORS_ALLOWED_ORIGINS, https://shop.example.com/, must be an exact https origin",
        "GATEHOUSE_CORS_ALLOWED_ORIGINS, https://Shop.example.com, must be an exact https origin",
        "GATEHOUSE_CORS_ALLOWED_ORIGINS, http://shop.example.com, must be an exact https origin",
        "GATEHOUSE_REDIS_NAMESPACE, a b, must be 1 to 32",
        "GATEHOUSE_REDIS_URL, http://user:hunter2@redis, must be redis://"
    })
    void valueThatCannotBeUsedIsRefused(String variable, String value, String complaint) {
        environment.put(variable, value);

        assertThat(complaints()).singleElement().asString().contains(complaint).doesNotContain("hunter2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"native", "framework", "FRAMEWORK", ""})
    void forwardedHeadersAreNotBelieved(String strategy) {
        environment.put("SERVER_FORWARD_HEADERS_STRATEGY", strategy);

        assertThat(complaints()).singleElement().asString().startsWith("server.forward-headers-strategy: must be none");
    }

    @Test
    void whatSpringBootWouldDecideAboutForwardedHeadersIsNotLeftToIt() {
        file.remove("server.forward-headers-strategy");
        environment.remove("GATEHOUSE_PUBLIC_URL");

        assertThat(complaints())
                .anyMatch(it -> it.startsWith("server.forward-headers-strategy: must be none"))
                .anyMatch(it -> it.startsWith("gatehouse.public-url: is required"))
                .hasSize(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GATEHOUSE_OPS_PORT | abc | gatehouse.ops.port (environment): 'abc' is not a whole number",
                "GATEHOUSE_RELAY_NO_STORE | maybe | gatehouse.relay.no-store (environment): 'maybe' is neither true"
                        + " nor false",
                "GATEHOUSE_PUBLIC_URL | https://a b | gatehouse.public-url (environment): 'https://a b' is not a valid"
                        + " URL",
                "GATEHOUSE_PUBLIC_URL | https://u:hunter2@a b | gatehouse.public-url (environment): 'https://***@a b'"
                        + " is not a valid URL",
                "GATEHOUSE_TOKEN_PATIENCE | 5 minutes | gatehouse.token.patience (environment): '5 minutes' is not a"
                        + " valid duration such as 500ms, 30s, 5m or 10h",
                "GATEHOUSE_LOGTO | x | GATEHOUSE_LOGTO (environment): has no value of its own, because it is a group"
                        + " of settings such as gatehouse.logto.endpoint",
                "GATEHOUSE_CONNECTORS | x | GATEHOUSE_CONNECTORS (environment): has no value of its own, because it is"
                        + " a group of settings such as gatehouse.connectors.<alias>",
                "GATEHOUSE_ROUTES_0 | x | GATEHOUSE_ROUTES_0 (environment): has no value of its own, because it is a"
                        + " group of settings such as gatehouse.routes[0].id"
            })
    void valueThatCannotBeReadIsNamedWithWhatIsExpected(String variable, String value, String complaint) {
        environment.put(variable, value);

        assertThat(complaints()).containsExactly(complaint);
    }

    @ParameterizedTest
    @CsvSource({
        "gatehouse, gatehouse.public-url",
        "gatehouse.logto, gatehouse.logto.endpoint",
        "gatehouse.connectors, gatehouse.connectors.<alias>",
        "gatehouse.routes, gatehouse.routes[0].id"
    })
    void groupHasNoValueOfItsOwn(String group, String example) {
        file.put(group, "x");
        assertThat(complaints())
                .containsExactly(group + " (file): has no value of its own, because it is a group of settings such as "
                        + example);

        file.put(group, "");
        assertThat(read().publicUrl().origin()).isEqualTo("https://app.example");
    }

    @Test
    void portalLeadsToAConnectorThereIs() {
        file.put("gatehouse.sign-in.portals[0].issuer", "https://acme.okta.com");
        file.put("gatehouse.sign-in.portals[0].connector", "nobody");

        assertThat(complaints())
                .containsExactly("gatehouse: sign-in.connector, sign-in.domains, sign-in.portals[].connector and"
                        + " routes[].sign-in.connector must be among connectors");
    }

    @Test
    void accessOfARouteIsOneOfThree() {
        file.put("gatehouse.routes[0].id", "r");
        file.put("gatehouse.routes[0].path", "/**");
        file.put("gatehouse.routes[0].upstream", "http://app:3000");
        file.put("gatehouse.routes[0].access", "everybody");

        assertThat(complaints())
                .containsExactly("gatehouse.routes[0].access (file): 'everybody' is none of public, optional,"
                        + " authenticated");
    }

    /** An ID token has the client id as its audience; at an IdP without types it would open the route. */
    @Test
    void bearerTokensAreForAnApiAndNotForThisGateway() {
        route("bearer.audience", "https://api, app");

        assertThat(complaints())
                .containsExactly("gatehouse.routes: bearer.audience must be an API resource and not this gateway's own"
                        + " client id, for which ID tokens are made");
    }

    @Test
    void bearerTokensMeanNothingWhereEverybodyMayEnter() {
        route("bearer.audience", "https://api");
        file.put("gatehouse.routes[0].access", "public");

        assertThat(complaints())
                .singleElement()
                .asString()
                .startsWith("gatehouse.routes[0].bearer.audience: means nothing on a public route");
    }

    @Test
    void tokenOfTheGatewayNeedsAMachineApplicationAtLogto() {
        route("relay.token", "app");
        file.put("gatehouse.routes[0].relay.resource", "https://api");
        assertThat(complaints())
                .singleElement()
                .asString()
                .startsWith("gatehouse.routes: relay.token=app needs logto.machine-app-id");

        environment.put("GATEHOUSE_LOGTO_MACHINE_APP_ID", "robot");
        assertThat(complaints())
                .anyMatch(
                        it -> it.startsWith("gatehouse.logto.machine-app-id: and machine-app-secret have to be given"));
    }

    @Test
    void secretOfTheMachineApplicationMayComeFromAFileAndIsNeverPrinted(@TempDir Path directory) throws IOException {
        Path secret = Files.writeString(directory.resolve("secret"), "hunter2\n");
        route("relay.token", "app");
        file.put("gatehouse.routes[0].relay.resource", "https://api");
        environment.put("GATEHOUSE_LOGTO_MACHINE_APP_ID", "robot");
        environment.put("GATEHOUSE_LOGTO_MACHINE_APP_SECRET_FILE", secret.toString());

        assertThat(read().logto().machineAppSecret()).extracting(Secret::value).isEqualTo("hunter2");
        assertThat(read().toString()).doesNotContain("hunter2");
    }

    private void route(String key, String value) {
        file.put("gatehouse.routes[0].id", "api");
        file.put("gatehouse.routes[0].path", "/api/**");
        file.put("gatehouse.routes[0].upstream", "http://app:3000");
        file.put("gatehouse.routes[0]." + key, value);
    }

    @Test
    void routesAreNumberedWithoutAGap() {
        file.put("gatehouse.routes[1].id", "r");

        assertThat(complaints())
                .containsExactly("gatehouse.routes: the numbers of a list begin with 0 and leave none out");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "k1:c2hvcnQtaHVudGVyMg | key k1 is not the base64url form of 32 bytes",
                "k1:hunter2+/ | key k1 is not the base64url form of 32 bytes",
                "hunter2 | must be kid:base64url-of-32-bytes",
                "k1:hunter2:hunter2 | must be kid:base64url-of-32-bytes"
            })
    void keyRingIsRefusedWithoutShowingAKey(String ring, String complaint) {
        environment.put("GATEHOUSE_SESSION_KEYS", ring);

        assertThat(complaints())
                .singleElement()
                .asString()
                .startsWith("gatehouse.session.keys (environment): " + complaint)
                .doesNotContain("hunter2", "c2hvcnQ");
    }

    @Test
    void keyRingWithOneNameTwiceIsRefused() {
        environment.put("GATEHOUSE_SESSION_KEYS", TestKeys.entry("k1") + "," + TestKeys.entry("k1"));

        assertThat(complaints()).containsExactly("gatehouse.session.keys (environment): two keys are named k1");
    }

    @Test
    void routeWithAssertionNeedsKeysAndIsToldHowToMakeThem() {
        configureAssertion();

        assertThat(complaints())
                .singleElement()
                .asString()
                .startsWith("gatehouse.relay.assertion-keys: is required")
                .contains("openssl genpkey -algorithm EC");
    }

    @Test
    void assertionKeysMayComeFromAFileAndAreNeverPrinted(@TempDir Path directory) throws IOException {
        configureAssertion();
        String pair = TestKeys.assertionPair();
        environment.put(
                "GATEHOUSE_RELAY_ASSERTION_KEYS_FILE",
                Files.writeString(directory.resolve("keys"), pair).toString());

        GatehouseProperties read = read();

        assertThat(read.relay().canAssert()).isTrue();
        assertThat(read.toString()).doesNotContain(pair.lines().toArray(String[]::new));
    }

    @Test
    void malformedAssertionKeysAreOneComplaintThatShowsNothingOfThem() {
        configureAssertion();
        environment.put("GATEHOUSE_RELAY_ASSERTION_KEYS", "-----BEGIN PRIVATE KEY-----\nhunter2");

        assertThat(complaints())
                .singleElement()
                .asString()
                .startsWith("gatehouse.relay.assertion-keys (environment): a PEM block is not complete")
                .doesNotContain("hunter2");
    }

    private void configureAssertion() {
        environment.putAll(Map.of(
                "GATEHOUSE_ROUTES_0_ID", "r",
                "GATEHOUSE_ROUTES_0_PATH", "/**",
                "GATEHOUSE_ROUTES_0_UPSTREAM", "http://app:3000",
                "GATEHOUSE_ROUTES_0_RELAY_ASSERTION", "true"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "email=Authorization | email=Authorization | cannot be sent as Authorization",
                "email,name=Content-Type | name=Content-Type | cannot be sent as Content-Type",
                "email=X Y | email=X Y | must be a claim, or a claim and a header",
                "email=X-User,name=x-user | | no two claims"
            })
    void headerThatNoClaimCanBeSentInIsNamed(String headers, String quoted, String complaint) {
        configureAssertion();
        environment.put("GATEHOUSE_ROUTES_0_RELAY_ASSERTION", "false");
        environment.put("GATEHOUSE_ROUTES_0_RELAY_HEADERS", headers);

        assertThat(complaints())
                .singleElement()
                .asString()
                .startsWith("gatehouse.routes[0].relay.headers")
                .contains(quoted == null ? "" : "'" + quoted + "'", complaint);
    }

    @Test
    void connectorsNeedLogto() {
        environment.keySet().removeIf(name -> name.contains("LOGTO"));
        environment.putAll(Map.of(
                "GATEHOUSE_OIDC_ISSUER", "https://idp.example",
                "GATEHOUSE_OIDC_CLIENT_ID", "c",
                "GATEHOUSE_OIDC_CLIENT_SECRET", "s",
                "GATEHOUSE_CONNECTORS_OKTA", "x"));

        assertThat(complaints()).singleElement().asString().contains("connectors are Logto's");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ftp://idp.example",
                "idp.example",
                "https:/idp",
                "https://idp.example?a=b",
                "https://idp.example#a",
                "https://user:hunter2@idp.example"
            })
    void addressOfTheProviderIsPlain(String address) {
        environment.put("GATEHOUSE_LOGTO_ENDPOINT", address);
        assertThat(complaints()).singleElement().asString().startsWith("gatehouse.logto.endpoint: must be http");

        environment.keySet().removeIf(name -> name.contains("LOGTO"));
        environment.putAll(Map.of("GATEHOUSE_OIDC_CLIENT_ID", "c", "GATEHOUSE_OIDC_CLIENT_SECRET", "s"));
        environment.put("GATEHOUSE_OIDC_ISSUER", address);
        assertThat(complaints()).singleElement().asString().startsWith("gatehouse.oidc.issuer: must be http");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ftp://app",
                "app:3000",
                "http:/app",
                "http://app/path",
                "http://app?a=b",
                "http://app#a",
                "http://user:hunter2@app"
            })
    void addressOfAnUpstreamIsPlain(String address) {
        environment.put("GATEHOUSE_UPSTREAM", address);
        assertThat(complaints()).singleElement().asString().startsWith("gatehouse.upstream: must be http");

        environment.remove("GATEHOUSE_UPSTREAM");
        file.put("gatehouse.routes[0].id", "r");
        file.put("gatehouse.routes[0].path", "/**");
        file.put("gatehouse.routes[0].upstream", address);
        assertThat(complaints()).singleElement().asString().startsWith("gatehouse.routes[0].upstream: must be http");
    }

    @Test
    void upstreamAndRoutesExcludeEachOtherAndIdsAreUnique() {
        environment.put("GATEHOUSE_UPSTREAM", "http://app:3000");
        for (int i = 0; i < 2; i++) {
            file.put("gatehouse.routes[" + i + "].id", "same");
            file.put("gatehouse.routes[" + i + "].path", "/**");
            file.put("gatehouse.routes[" + i + "].upstream", "http://app:3000");
        }

        assertThat(complaints())
                .anyMatch(it -> it.contains("upstream and routes exclude each other"))
                .anyMatch(it -> it.contains("every id may be used once"))
                .hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({
        "GATEHOUSE_SERVICE_HOST, 10.0.0.1",
        "GATEHOUSE_SERVICE_PORT, 80",
        "GATEHOUSE_PORT, tcp://10.0.0.1:80",
        "GATEHOUSE_PORT_80_TCP_ADDR, 10.0.0.1",
        "GATEHOUSE_GATEWAY_SERVICE_PORT_HTTP, 80",
        "GATEHOUSE_GATEWAY_PORT_9091_TCP, tcp://10.0.0.1:9091",
        "GATEHOUSE_DNS_PORT, udp://10.0.0.1:53",
        "GATEHOUSE_OPS_PORT, tcp://10.0.0.1:9091",
        "GATEHOUSE_OPS_PORT, sctp://[fd00::1]:9091",
        "GATEHOUSE_OPS_PORT_9091_TCP_PROTO, tcp",
        "GATEHOUSE_CONNECTORS_SERVICE_HOST, 10.0.0.1",
        "GATEHOUSE_CONNECTORS_PORT_80_TCP, tcp://10.0.0.1:80"
    })
    void whatKubernetesPutsIntoEveryPodIsNoMistake(String variable, String value) {
        environment.put(variable, value);

        GatehouseProperties read = read();

        assertThat(read.ops().port()).isEqualTo(9091);
        assertThat(read.connectors()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "GATEHOUSE_OPPS_PORT, 9091",
        "GATEHOUSE_PORT, 8080",
        "GATEHOUSE_PORT_9091, tcp://10.0.0.1:9091",
        "GATEHOUSE_PORT_9091_HTTP, 9091",
        "GATEHOUSE_OPS_PROT, tcp://10.0.0.1:9091"
    })
    void whatOnlyLooksLikeKubernetesIsAMistake(String variable, String value) {
        environment.put(variable, value);

        assertThat(complaints())
                .singleElement()
                .asString()
                .startsWith(variable + " (environment): there is no such setting");
    }

    @Test
    void filesFoundBySpringBootAreHeldToTheSameKeys(@TempDir Path directory) throws IOException {
        Path config = Files.createDirectory(directory.resolve("config"));
        Files.writeString(directory.resolve("application.yaml"), "gatehouse: {ops: {prot: 9}}");
        Files.writeString(config.resolve("application.yaml"), "gatehouse:\n  session:\n    idle-timout: 5m\n");
        StandardEnvironment spring = spring();
        file.put("spring.config.location", directory.toUri() + "," + config.toUri());
        ConfigDataEnvironmentPostProcessor.applyTo(spring);

        assertThatExceptionOfType(InvalidConfigurationException.class)
                .isThrownBy(() -> ConfigurationReader.read(spring))
                .satisfies(invalid -> assertThat(invalid.complaints())
                        .anyMatch(it -> it.matches("gatehouse.ops.prot .*application.yaml.*there is no such setting.*"))
                        .anyMatch(it -> it.matches(
                                "gatehouse.session.idle-timout .*application.yaml.*there is no such setting.*"))
                        .hasSize(2));
    }

    @Test
    void noSecretIsPrinted() {
        environment.put("GATEHOUSE_REDIS_URL", "redis://user:hunter2@redis:6379");
        environment.put("GATEHOUSE_LOGTO_WEBHOOK_SIGNING_KEYS", "hunter2-hunter2-hunter2");

        assertThat(read().toString()).doesNotContain("s3cret", "hunter2").contains("app.example");
    }

    private List<String> complaints() {
        var complaints = new java.util.ArrayList<String>();
        assertThatExceptionOfType(InvalidConfigurationException.class)
                .isThrownBy(this::read)
                .satisfies(invalid -> complaints.addAll(invalid.complaints()));
        return complaints;
    }

    private GatehouseProperties read() {
        return ConfigurationReader.read(spring());
    }

    private StandardEnvironment spring() {
        StandardEnvironment spring = new StandardEnvironment() {
            @Override
            public Map<String, Object> getSystemEnvironment() {
                return environment;
            }
        };
        spring.getPropertySources()
                .replace(
                        StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                        new SystemEnvironmentPropertySource(
                                StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, environment));
        spring.getPropertySources().addLast(new MapPropertySource("file", file));
        ConfigurationPropertySources.attach(spring);
        return spring;
    }
}
