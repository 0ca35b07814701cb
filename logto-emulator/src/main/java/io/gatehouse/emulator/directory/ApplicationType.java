package io.gatehouse.emulator.directory;

import java.util.Arrays;
import java.util.Optional;

/** What an application is decides how it authenticates and which grants it may use; neither is configurable. */
public enum ApplicationType {
    TRADITIONAL("Traditional"),
    MACHINE_TO_MACHINE("MachineToMachine");

    private final String label;

    ApplicationType(String label) {
        this.label = label;
    }

    public String label() {
        return label;
    }

    public boolean allows(String grantType) {
        return switch (this) {
            case TRADITIONAL -> grantType.equals("authorization_code") || grantType.equals("refresh_token");
            case MACHINE_TO_MACHINE -> grantType.equals("client_credentials");
        };
    }

    public static Optional<ApplicationType> of(String label) {
        return Arrays.stream(values()).filter(it -> it.label.equals(label)).findFirst();
    }
}
