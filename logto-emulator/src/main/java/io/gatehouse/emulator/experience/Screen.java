package io.gatehouse.emulator.experience;

import java.util.Arrays;
import java.util.Optional;

/** The pages with a form about the user. */
enum Screen {
    SIGN_IN("/sign-in", "Sign in to your account", "Sign in", "current-password"),
    IDENTIFIER_SIGN_IN("/identifier-sign-in", "Sign in to your account", "Sign in", "current-password"),
    REGISTER("/register", "Create your account", "Create account", "new-password"),
    IDENTIFIER_REGISTER("/identifier-register", "Create your account", "Create account", "new-password"),
    RESET_PASSWORD("/reset-password", "Choose a new password", "Save password", "new-password"),
    SINGLE_SIGN_ON("/single-sign-on", "Single sign-on", "Single Sign-On", "");

    private final String path;
    private final String title;
    private final String action;
    private final String passwordAutocomplete;

    Screen(String path, String title, String action, String passwordAutocomplete) {
        this.path = path;
        this.title = title;
        this.action = action;
        this.passwordAutocomplete = passwordAutocomplete;
    }

    String path() {
        return path;
    }

    String title() {
        return title;
    }

    String action() {
        return action;
    }

    /** Empty where no password is asked for. */
    String passwordAutocomplete() {
        return passwordAutocomplete;
    }

    /** Whether the page fills in {@code login_hint}. */
    boolean prefills() {
        return this == SIGN_IN || this == IDENTIFIER_SIGN_IN;
    }

    static Optional<Screen> at(String path) {
        return Arrays.stream(values()).filter(it -> it.path.equals(path)).findFirst();
    }
}
