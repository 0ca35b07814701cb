package io.gatehouse.gateway.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CorsRuleTests {

    private static final String SHOP = "https://shop.example.com";

    @Test
    void withoutOriginsThereIsNoPermission() {
        CorsRule rule = rule(Map.of());

        assertThat(rule.isOurs()).isFalse();
        assertThat(rule.isUpstreams()).isFalse();
        assertThat(rule.isFor(SHOP)).isFalse();
        assertThat(rule.letsAct(SHOP)).isFalse();
    }

    @Test
    void originIsComparedAsAWhole() {
        CorsRule rule = rule(Map.of("origins", SHOP));

        assertThat(rule.isFor(SHOP)).isTrue();
        assertThat(rule.isFor(null)).isFalse();
        assertThat(rule.isFor(SHOP + ":443")).isFalse();
        assertThat(rule.isFor("https://SHOP.example.com")).isFalse();
    }

    @Test
    void originActsWithCredentialsOnly() {
        assertThat(rule(Map.of("origins", SHOP)).letsAct(SHOP)).isFalse();
        assertThat(rule(Map.of("origins", SHOP, "credentials", "true")).letsAct(SHOP))
                .isTrue();
        assertThat(rule(Map.of("origins", "*", "credentials", "true")).letsAct(SHOP))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {SHOP, "https://shop.example.com:8443", "http://localhost:3000", "http://127.0.0.1:1", "*"})
    void originThatBrowsersSendIsTaken(String origin) {
        assertThat(rule(Map.of("origins", origin)).isEveryOriginExact()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://shop.example.com/",
                "https://Shop.example.com",
                "https://shop.example.com:443",
                "http://shop.example.com",
                "http://localhost:80",
                "https://*.example.com",
                "https://user@shop.example.com",
                "https://shop.example.com?x",
                "shop.example.com",
                "null",
                "https://shop.example.com,*"
            })
    void anythingElseIsNot(String origins) {
        assertThat(rule(Map.of("origins", origins)).isEveryOriginExact()).isFalse();
    }

    @Test
    void allOriginsExcludeCredentials() {
        assertThat(rule(Map.of("origins", "*", "credentials", "true")).isCredentialsOfListed())
                .isFalse();
        assertThat(rule(Map.of("credentials", "true")).isCredentialsOfSomebody())
                .isFalse();
    }

    @Test
    void eitherTheGatewayAnswersOrTheUpstream() {
        CorsRule upstreams = CorsRule.valueOf("upstream");

        assertThat(upstreams.isUpstreams()).isTrue();
        assertThat(upstreams.isOurs()).isFalse();
        assertThat(upstreams.isDecidedByOne()).isTrue();
        assertThat(rule(Map.of("answered-by", "upstream", "origins", SHOP)).isDecidedByOne())
                .isFalse();
        assertThatIllegalArgumentException().isThrownBy(() -> CorsRule.valueOf("anybody"));
    }

    @ParameterizedTest
    @CsvSource({"methods, *", "headers, *", "exposed-headers, a b", "methods, 'GET POST'"})
    void namesAreNames(String key, String names) {
        assertThat(rule(Map.of(key, names)).isEveryNameOne()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"0s, true", "1d, true", "-1s, false", "25h, false"})
    void answerIsRememberedForADayAtMost(String maxAge, boolean reasonable) {
        assertThat(rule(Map.of("max-age", maxAge)).isMaxAgeReasonable()).isEqualTo(reasonable);
    }

    private static CorsRule rule(Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(Map.of("id", "r", "path", "/**", "upstream", "http://app:3000"));
        settings.forEach((key, value) -> all.put("cors." + key, value));
        return RouteProperties.of(all).cors();
    }
}
