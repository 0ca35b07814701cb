package io.gatehouse.emulator.experience;

import io.gatehouse.emulator.directory.Connector;
import io.gatehouse.emulator.directory.Directory;
import io.gatehouse.emulator.http.Html;
import io.gatehouse.emulator.http.Parameters;
import io.gatehouse.emulator.page.Layout;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Draws the forms. They work without scripts; with them, an address of an enterprise connector hides the password, as
 * Logto's own page does.
 */
final class ScreenPage {

    static final String PRODUCT = "Logto emulator";

    private static final String HIDE_PASSWORD = """
        <script>
          (function () {
            var form = document.forms[0];
            var domains = form.dataset.ssoDomains.split(' ').filter(Boolean);
            var password = document.getElementById('password-field');
            var button = form.querySelector('button');
            if (!password) { return; }
            function show() {
              var value = form.identifier.value.trim().toLowerCase();
              var sso = domains.some(function (domain) { return value.endsWith('@' + domain); });
              password.hidden = sso;
              button.textContent = sso ? 'Single Sign-On' : form.dataset.action;
            }
            form.identifier.addEventListener('input', show);
            show();
          })();
        </script>
        """;

    private final Directory directory;

    ScreenPage(Directory directory) {
        this.directory = directory;
    }

    /**
     * @param identifier what stands in the first field
     * @param alert what went wrong; empty for nothing
     */
    String draw(Screen screen, String appId, Parameters query, String identifier, String alert) {
        boolean sso = directory.connectorClaiming(identifier).isPresent();
        boolean asksPassword = !screen.passwordAutocomplete().isEmpty() && !(sso && screen.prefills());
        String content = Layout.alert(alert)
                + form(screen, appId, label(screen, query), identifier, asksPassword, sso && screen.prefills())
                + navigation(screen, appId)
                + HIDE_PASSWORD;
        return Layout.page(PRODUCT, screen.title(), content);
    }

    private String form(
            Screen screen, String appId, String label, String identifier, boolean asksPassword, boolean sso) {
        return """
            <form method="post" action="%s" data-sso-domains="%s" data-action="%s">
              <label>%s
                <input name="identifier" value="%s" type="text" autocomplete="username" autocapitalize="none" \
            spellcheck="false" required autofocus>
              </label>
              %s
              <button type="submit">%s</button>
            </form>
            """.formatted(
                        Html.escape(screen.path() + "?" + Parameters.encode(Map.of("app_id", appId))),
                        Html.escape(domains()),
                        Html.escape(screen.action()),
                        Html.escape(label),
                        Html.escape(identifier),
                        asksPassword ? password(screen) : "",
                        Html.escape(sso ? "Single Sign-On" : screen.action()));
    }

    private static String password(Screen screen) {
        return """
            <label id="password-field">Password
                <input name="password" type="password" autocomplete="%s">
              </label>\
            """.formatted(screen.passwordAutocomplete());
    }

    /** {@code identifier=email} and the like name the field on the pages that heed them. */
    private static String label(Screen screen, Parameters query) {
        return switch (screen) {
            case SINGLE_SIGN_ON -> "Work e-mail address";
            case IDENTIFIER_SIGN_IN, IDENTIFIER_REGISTER ->
                query.first("identifier").map(ScreenPage::words).orElse("Username or e-mail address");
            case SIGN_IN, REGISTER, RESET_PASSWORD -> "Username or e-mail address";
        };
    }

    private static String words(String identifiers) {
        String named = identifiers.replace("email", "e-mail address").replace(" ", " or ");
        return named.substring(0, 1).toUpperCase(Locale.ROOT) + named.substring(1);
    }

    private String domains() {
        return directory.connectors().all().stream()
                .map(Connector::domains)
                .map(it -> String.join(" ", it))
                .collect(Collectors.joining(" "));
    }

    private static String navigation(Screen screen, String appId) {
        return switch (screen) {
            case SIGN_IN, IDENTIFIER_SIGN_IN ->
                "<nav>"
                        + link(Screen.REGISTER, appId, "Create account")
                        + link(Screen.RESET_PASSWORD, appId, "Forgot password?")
                        + link(Screen.SINGLE_SIGN_ON, appId, "Single sign-on")
                        + "</nav>";
            case REGISTER, IDENTIFIER_REGISTER, RESET_PASSWORD, SINGLE_SIGN_ON ->
                "<nav>" + link(Screen.SIGN_IN, appId, "Sign in") + "</nav>";
        };
    }

    private static String link(Screen screen, String appId, String text) {
        String target = screen.path() + "?" + Parameters.encode(Map.of("app_id", appId));
        return "<a href=\"" + Html.escape(target) + "\">" + Html.escape(text) + "</a>";
    }
}
