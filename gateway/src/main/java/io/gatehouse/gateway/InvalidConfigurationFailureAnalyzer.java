package io.gatehouse.gateway;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Shows complaints about the configuration as a list, in place of a stack trace. */
final class InvalidConfigurationFailureAnalyzer extends AbstractFailureAnalyzer<InvalidConfigurationException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, InvalidConfigurationException cause) {
        return new FailureAnalysis(
                "Gatehouse cannot start with this configuration:\n\n  - " + String.join("\n  - ", cause.complaints()),
                "Correct every line above. A key gatehouse.x.y-z is the environment variable GATEHOUSE_X_Y_Z.",
                cause);
    }
}
