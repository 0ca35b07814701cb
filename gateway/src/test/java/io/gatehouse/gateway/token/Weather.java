package io.gatehouse.gateway.token;

import io.gatehouse.gateway.fixture.LogtoEmulator;
import io.gatehouse.gateway.fixture.Scale;
import java.util.Arrays;
import java.util.List;

/** What goes wrong at the token endpoint while a session is refreshed; after that all is well. */
enum Weather {
    CALM(1),
    SLOW_BEFORE_ACTING(1, "'kind':'latency','delay':'%ds'".formatted(Scale.of(3, 10))),
    SLOW_AFTER_ACTING(1, "'kind':'latency-after','delay':'%ds'".formatted(Scale.of(3, 10))),
    LOST_RESPONSE(2, "'kind':'lost-response','count':1"),
    DUPLICATE_DELIVERY(1, "'kind':'duplicate-delivery','count':1"),
    RESET_BEFORE_ACTING(2, "'kind':'reset','count':1"),
    SERVER_ERROR(2, "'kind':'status','status':502,'count':1");

    private final int calls;
    private final List<String> faults;

    Weather(int calls, String... faults) {
        this.calls = calls;
        this.faults = Arrays.stream(faults)
                .map(fault -> "{'endpoint':'token','grantType':'refresh_token'," + fault + "}")
                .map(fault -> fault.replace('\'', '"'))
                .toList();
    }

    /** How often the refresh token has to be sent: once, and once more where an answer is lost. */
    int calls() {
        return calls;
    }

    boolean isSlow() {
        return this == SLOW_BEFORE_ACTING || this == SLOW_AFTER_ACTING;
    }

    void begin(LogtoEmulator logto) {
        logto.clearFaults();
        logto.forgetCalls();
        faults.forEach(logto::fault);
    }
}
