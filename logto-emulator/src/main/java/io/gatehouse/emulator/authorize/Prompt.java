package io.gatehouse.emulator.authorize;

/** What the user has to do before the authorization request can be answered. */
public enum Prompt {
    LOGIN,
    CONSENT
}
