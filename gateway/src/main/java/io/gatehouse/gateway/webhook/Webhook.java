package io.gatehouse.gateway.webhook;

import io.gatehouse.gateway.problem.GatewayException;
import io.gatehouse.gateway.problem.ProblemType;
import java.time.DateTimeException;
import java.time.Instant;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What Logto has sent.
 *
 * @param event Logto's name for what has happened, such as {@code User.Deleted}
 * @param createdAt when, by Logto's clock; the same at every attempt to deliver it
 * @param content all of the body
 */
record Webhook(String event, Instant createdAt, JsonNode content) {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** Fails with {@link ProblemType#INVALID_REQUEST} if it is no JSON or lacks what every webhook has. */
    static Webhook read(byte[] body) {
        try {
            JsonNode content = JSON.readTree(body);
            String event = content.path("event").asString("");
            Instant createdAt = Instant.parse(content.path("createdAt").asString(""));
            if (!event.isBlank()) {
                return new Webhook(event, createdAt, content);
            }
        } catch (JacksonException | DateTimeException malformed) {
            throw GatewayException.of(ProblemType.INVALID_REQUEST, "malformed", malformed);
        }
        throw GatewayException.of(ProblemType.INVALID_REQUEST, "malformed");
    }
}
