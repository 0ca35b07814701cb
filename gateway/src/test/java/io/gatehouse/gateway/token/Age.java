package io.gatehouse.gateway.token;

import java.time.Duration;

/** What has become of an access token that lives for ten minutes. */
enum Age {

    /** It should be renewed, and is valid. */
    DUE(Duration.ofSeconds(570)),

    EXPIRED(Duration.ofSeconds(660));

    static final Duration LIFETIME = Duration.ofMinutes(10);

    private final Duration passed;

    Age(Duration passed) {
        this.passed = passed;
    }

    Duration passed() {
        return passed;
    }
}
