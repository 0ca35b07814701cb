package io.gatehouse.gateway.login;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.gateway.fixture.Browser;
import io.gatehouse.gateway.fixture.Browser.Answer;
import io.gatehouse.gateway.fixture.GeneratedTable;
import io.gatehouse.gateway.fixture.Stage;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/**
 * What becomes of every parameter of the sign-in endpoint: tried out, and held against the table in
 * {@code docs/sign-in.md}. A parameter that is new gets lines among the {@link #TRIALS}.
 */
class SignInMatrixIT {

    private static final String HERE = "<public-url>";
    private static final String CONNECTOR = "<connector id>";

    /** New for every request, and not asked for by anybody. */
    private static final Set<String> FRESH = Set.of("state", "nonce", "code_challenge");

    private static final List<Trial> TRIALS = List.of(
            Trial.of("none"),
            Trial.of("return_to", "/books?shelf=1&sort=title"),
            Trial.of("return_to", "/books/42#reviews"),
            Trial.of("return_to", HERE + "/books"),
            Trial.of("return_to", "https://other.example/books"),
            Trial.of("return_to", "//other.example/books"),
            Trial.of("return_to", "/auth/sign-out"),
            Trial.of("return_to", ""),
            Trial.of("first_screen", "sign_in"),
            Trial.of("first_screen", "register"),
            Trial.of("first_screen", "reset_password"),
            Trial.of("first_screen", "identifier:sign_in"),
            Trial.of("first_screen", "identifier:register"),
            Trial.of("first_screen", "single_sign_on"),
            Trial.of("first_screen", "welcome"),
            Trial.of("first_screen", ""),
            Trial.of("connector", "okta"),
            Trial.of("connector", "unknown"),
            Trial.of("connector", CONNECTOR),
            Trial.of("login_hint", "joe@acme.test"),
            Trial.of("login_hint", "joe+books@acme.test"),
            Trial.of("login_hint", "alice"),
            Trial.of("login_hint", "Joe Doe"),
            Trial.of("login_hint", "255 characters", "login_hint=" + "x".repeat(255)),
            Trial.of("prompt", "login"),
            Trial.of("prompt", "consent"),
            Trial.of("prompt", "login consent"),
            Trial.of("prompt", "none"),
            Trial.of("prompt", "create"),
            Trial.of("prompt", "select_account"),
            Trial.of("ui_locales", "zh-CN"),
            Trial.of("ui_locales", "fr-CA fr en"),
            Trial.of("ui_locales", "zh_CN"),
            Trial.of("organization", "acmebooks001"),
            Trial.of("organization", "acme/books"),
            Trial.of("step_up", "api"),
            Trial.of("step_up", "unknown"),
            Trial.of("choice", "false"),
            Trial.of("choice", "maybe"),
            Trial.together("first_screen=register", "login_hint=joe@acme.test", "ui_locales=zh-CN"),
            Trial.together("connector=okta", "login_hint=joe@acme.test"),
            Trial.together("connector=okta", "prompt=consent"),
            Trial.together("first_screen=welcome", "login_hint=joe@acme.test"),
            Trial.of("login_hint", "joe@partner.test"),
            Trial.together("login_hint=joe@partner.test", "prompt=consent"),
            Trial.together("return_to=/optional/x"),
            Trial.together("return_to=/optional/x", "prompt=consent"),
            Trial.together("return_to=/optional/x", "organization=org_2"),
            Trial.together("login_hint=joe@acme.test", "login_hint=bob@acme.test"),
            Trial.of("anything else", "`x=1`", "x=1"));

    private static final GeneratedTable DOCUMENTED = GeneratedTable.of(
            "sign-in.md",
            "mvn verify -pl gateway -Dtest=NoSuchTest -Dsurefire.failIfNoSpecifiedTests=false"
                    + " -Dit.test=SignInMatrixIT");

    @RegisterExtension
    static final Stage STAGE = new Stage(Map.of(
            "gatehouse.sign-in.domains[partner.test]", "okta",
            "gatehouse.routes[1].sign-in.connector", "okta",
            "gatehouse.routes[1].sign-in.organization", "acmebooks001",
            "gatehouse.routes[2].sign-in.max-age", "10m"));

    @Test
    void documentSaysWhatBecomesOfEveryParameter() {
        Map<String, List<String>> usual = asked(start("")).locationParameters();

        String table = TRIALS.stream()
                .map(trial -> row(trial, usual))
                .collect(Collectors.joining(
                        "", "| parameter | value | becomes | Logto opens |\n| --- | --- | --- | --- |\n", ""));

        System.out.print(table);
        DOCUMENTED.assertIs(table);
    }

    private static String row(Trial trial, Map<String, List<String>> usual) {
        STAGE.logto().forgetCalls();
        Start start = start(trial.query());
        if (start.answer().status() == 400) {
            assertRefused(start);
            return trial.row("refused", "");
        }
        Map<String, List<String>> parameters = asked(start).locationParameters();
        String page = firstPage(start);
        assertReceived(parameters.keySet());
        String changed = changed(parameters, usual);
        return trial.row(changed + (trial.isTarget() ? "ends at `" + target(start) + "`" : ""), code(page));
    }

    private static Start start(String query) {
        Browser browser = new Browser();
        return new Start(
                browser, browser.open(STAGE.url("/auth/sign-in" + (query.isEmpty() ? "" : "?" + here(query)))));
    }

    /** Nothing is remembered and nobody is asked. */
    private static void assertRefused(Start start) {
        assertThat(start.answer().body()).contains("invalid-request");
        assertThat(start.browser().cookies()).isEmpty();
        assertThat(STAGE.logto().calls("authorize")).isZero();
    }

    private static Answer asked(Start start) {
        assertThat(start.answer().status()).isEqualTo(302);
        assertThat(start.answer().location().toString())
                .startsWith(STAGE.logto().issuer() + "/auth?");
        return start.answer();
    }

    /** Logto answers at once where it knows somebody, and never gets to the connector. */
    private static String changed(Map<String, List<String>> parameters, Map<String, List<String>> usual) {
        if (parameters.containsKey("direct_sign_in")) {
            assertThat(parameters).containsEntry("prompt", List.of("login consent"));
        }
        assertThat(parameters.keySet()).containsAll(usual.keySet());
        return parameters.entrySet().stream()
                .filter(parameter -> !FRESH.contains(parameter.getKey()))
                .filter(parameter -> !parameter.getValue().equals(usual.get(parameter.getKey())))
                .map(parameter -> code(parameter.getKey() + "=" + String.join(",", parameter.getValue())))
                .collect(Collectors.joining(", "));
    }

    /** Where Logto sends the browser with this request. */
    private static String firstPage(Start start) {
        Answer page = start.browser().open(start.answer().location().toString());
        assertThat(page.status()).isEqualTo(303);
        return page.location().getPath();
    }

    private static void assertReceived(Set<String> sent) {
        List<JsonNode> calls = STAGE.logto()
                .control("GET", "calls", "")
                .path("calls")
                .valueStream()
                .filter(call -> call.path("endpoint").asString().equals("authorize"))
                .toList();
        assertThat(calls).hasSize(1);
        assertThat(calls.getFirst().path("parameters").valueStream().map(JsonNode::asString))
                .containsExactlyInAnyOrderElementsOf(sent);
    }

    /** Where the sign-in ends, once it is finished. */
    private static String target(Start start) {
        Browser browser = start.browser();
        Answer callback = browser.signIn(start.answer(), "alice", "Wonderland-42!");
        Answer landed = browser.open(callback.location().toString());
        assertThat(landed.status()).isEqualTo(302);
        return landed.header("Location").orElseThrow();
    }

    private static String here(String query) {
        return query.replace(encoded(HERE), encoded(STAGE.gateway().url()))
                .replace(encoded(CONNECTOR), STAGE.logto().connector());
    }

    private static String code(String text) {
        return "`" + text.replace(STAGE.logto().connector(), CONNECTOR) + "`";
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private record Start(Browser browser, Answer answer) {}

    /**
     * One line of the table.
     *
     * @param query as it is sent; placeholders are encoded like the rest
     */
    private record Trial(String parameter, String value, String query) {

        static Trial of(String nothing) {
            return new Trial(nothing, "", "");
        }

        static Trial of(String parameter, String value) {
            return of(parameter, value.isEmpty() ? "(empty)" : "`" + value + "`", parameter + "=" + encoded(value));
        }

        static Trial of(String parameter, String value, String query) {
            return new Trial(code(parameter, query), value, query);
        }

        /** Several at once. */
        static Trial together(String... parameters) {
            Map<String, String> encoded = new LinkedHashMap<>();
            for (String parameter : parameters) {
                String[] parts = parameter.split("=", 2);
                encoded.put(parameter, parts[0] + "=" + encoded(parts[1]));
            }
            String value = encoded.keySet().stream().map(it -> "`" + it + "`").collect(Collectors.joining(" and "));
            return new Trial("several", value, String.join("&", encoded.values()));
        }

        boolean isTarget() {
            return parameter.equals("`return_to`");
        }

        String row(String becomes, String page) {
            return Stream.of(parameter, value, becomes, page).collect(Collectors.joining(" | ", "| ", " |\n"));
        }

        private static String code(String parameter, String query) {
            return query.startsWith(parameter + "=") ? "`" + parameter + "`" : parameter;
        }
    }
}
