package io.gatehouse.gateway.form;

import io.gatehouse.gateway.problem.GatewayException;
import io.gatehouse.gateway.problem.ProblemType;
import io.gatehouse.gateway.redis.Fingerprint;
import io.gatehouse.gateway.redis.RedisConnections;
import io.gatehouse.gateway.session.Envelopes;
import io.gatehouse.gateway.session.ServerKey;
import io.gatehouse.gateway.session.UnreadableEnvelopeException;
import io.lettuce.core.SetArgs;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Function;
import javax.crypto.SecretKey;
import reactor.core.publisher.Mono;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Forms in Redis, sealed: it takes a server key and the name of the form, which only its sender's browser has, to read
 * one. Redis knows neither.
 */
final class KeptForms {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String ENVELOPE = "form";

    private final RedisConnections redis;
    private final Envelopes envelopes;
    private final String prefix;
    private final Duration memory;

    /** @param memory how long a form is kept */
    KeptForms(RedisConnections redis, Envelopes envelopes, String namespace, Duration memory) {
        this.redis = redis;
        this.envelopes = envelopes;
        this.prefix = namespace + ":form:";
        this.memory = memory;
    }

    /** Keeps a form in place of whatever was kept under this name. */
    Mono<Void> keep(String name, KeptForm form) {
        String key = key(name);
        byte[] sealed = envelopes.seal(key, ENVELOPE, derivation(name), JSON.writeValueAsBytes(form));
        return redis.run(commands -> commands.set(key, sealed, SetArgs.Builder.px(memory.toMillis())))
                .then();
    }

    /** The form of this name. Empty if there is none any more. */
    Mono<KeptForm> find(String name) {
        String key = key(name);
        return redis.run(commands -> commands.get(key)).map(envelope -> open(key, name, envelope));
    }

    /** Forgets it. */
    Mono<Void> forget(String name) {
        return redis.run(commands -> commands.del(key(name))).then();
    }

    private KeptForm open(String key, String name, byte[] envelope) {
        try {
            return JSON.readValue(envelopes.open(key, ENVELOPE, derivation(name), envelope), KeptForm.class);
        } catch (UnreadableEnvelopeException | JacksonException unreadable) {
            throw GatewayException.of(ProblemType.FORM_UNKNOWN, unreadable);
        }
    }

    private String key(String name) {
        return prefix + Fingerprint.of(name.getBytes(StandardCharsets.UTF_8));
    }

    private static Function<ServerKey, SecretKey> derivation(String name) {
        return key -> key.derive("form " + name);
    }
}
