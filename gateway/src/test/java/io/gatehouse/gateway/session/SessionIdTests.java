package io.gatehouse.gateway.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionIdTests {

    private final SecureRandom random = new SecureRandom();

    @Test
    void carries256BitsThatDoNotRepeat() {
        assertThat(Stream.generate(() -> SessionId.random(random)).limit(1000).distinct())
                .hasSize(1000)
                .allSatisfy(id -> assertThat(id.secret()).hasSize(32));
    }

    @Test
    void redisKeyTellsNothingOfTheIdButIsAlwaysTheSame() {
        SessionId id = SessionId.random(random);

        assertThat(id.lookup()).hasSize(43).isNotEqualTo(id.value()).isEqualTo(id.lookup());
        assertThat(id.lookup()).isNotEqualTo(SessionId.random(random).lookup());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "x", "*", "gatehouse:session:*", "A A", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=", "%00"
            })
    void s41WhatCannotBeAnIdIsNone(String sent) {
        assertThat(SessionId.parse(sent)).isEmpty();
        assertThat(SessionId.parse("A".repeat(100_000))).isEmpty();
    }

    @Test
    void s47IdDoesNotGetIntoALogByWayOfAMessage() {
        SessionId id = SessionId.random(random);

        assertThat(id.toString()).doesNotContain(id.value());
    }
}
