package io.gatehouse.gateway;

import java.util.List;

/** The configuration cannot be used. Says everything that is wrong with it, and no secret. */
final class InvalidConfigurationException extends RuntimeException {

    private final List<String> complaints;

    InvalidConfigurationException(List<String> complaints) {
        super("the configuration has " + complaints.size() + " errors: " + String.join("; ", complaints));
        this.complaints = List.copyOf(complaints);
    }

    List<String> complaints() {
        return complaints;
    }
}
