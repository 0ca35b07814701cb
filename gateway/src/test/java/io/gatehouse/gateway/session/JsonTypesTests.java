package io.gatehouse.gateway.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonTypesTests {

    @Test
    void whatJsonCanSayIsAccepted() {
        Object value = Map.of("a", List.of(1, 2.5, true, "x", Map.of()));

        assertThat(JsonTypes.require("name", value)).isSameAs(value);
    }

    @Test
    void anythingElseIsRefusedWhereItIsSet() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> JsonTypes.require("when", Instant.EPOCH))
                .withMessageContaining("session attribute when")
                .withMessageContaining("java.time.Instant");
        assertThatIllegalArgumentException().isThrownBy(() -> JsonTypes.require("x", List.of(new Object())));
        assertThatIllegalArgumentException().isThrownBy(() -> JsonTypes.require("x", Map.of(1, "a")));
    }
}
