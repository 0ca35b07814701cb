package io.gatehouse.emulator.authorize;

import io.gatehouse.emulator.http.Parameters;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which page the browser is sent to, from Logto's own parameters of the authorization request. */
final class LoginUrl {

    private static final Map<String, String> FIRST_SCREENS = Map.of(
            "sign_in", "sign-in",
            "signIn", "sign-in",
            "register", "register",
            "reset_password", "reset-password",
            "identifier:sign_in", "identifier-sign-in",
            "identifier:register", "identifier-register",
            "single_sign_on", "single-sign-on");

    /** Deprecated by Logto, still understood. */
    private static final Map<String, String> INTERACTION_MODES = Map.of("signIn", "sign-in", "signUp", "register");

    private static final Set<String> EXPERIENCE = Set.of(
            "interaction_mode",
            "first_screen",
            "direct_sign_in",
            "organization_id",
            "login_hint",
            "ui_locales",
            "identifier",
            "one_time_token");

    private static final List<String> PASSED_ON =
            List.of("organization_id", "ui_locales", "one_time_token", "login_hint", "identifier");

    private LoginUrl() {}

    /** Logto's own parameters. They are judged as one: a single bad value voids them all. */
    static Parameters experience(Parameters sent) {
        var experience = sent.only(EXPERIENCE);
        boolean valid = isKnown(experience, "first_screen", FIRST_SCREENS)
                && isKnown(experience, "interaction_mode", INTERACTION_MODES);
        return valid ? experience : Parameters.NONE;
    }

    private static boolean isKnown(Parameters experience, String name, Map<String, String> known) {
        return experience.first(name).filter(it -> !known.containsKey(it)).isEmpty();
    }

    /** A relative URL, such as {@code /sign-in?app_id=bookstore}. */
    static String of(Interaction interaction) {
        var query = new LinkedHashMap<String, String>();
        query.put("app_id", interaction.clientId());
        if (interaction.prompt() == Prompt.CONSENT) {
            return "/consent?" + Parameters.encode(query);
        }
        var experience = experience(interaction.request().parameters());
        PASSED_ON.forEach(name -> experience.first(name).ifPresent(value -> query.put(name, value)));
        String screen = firstScreen(experience);
        Optional<String> direct = experience.first("direct_sign_in");
        direct.ifPresent(_ -> query.put("fallback", screen));
        String path = direct.map(it -> "direct/" + it.replace(':', '/')).orElse(screen);
        return "/" + path + "?" + Parameters.encode(query);
    }

    private static String firstScreen(Parameters experience) {
        return experience
                .first("first_screen")
                .map(FIRST_SCREENS::get)
                .or(() -> experience.first("interaction_mode").map(INTERACTION_MODES::get))
                .orElse("sign-in");
    }
}
