package io.gatehouse.gateway.session;

import io.lettuce.core.KeyValue;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * A session record as the fields of a Redis hash: the revision in clear, for the scripts that compare it, and two
 * sealed envelopes of JSON.
 */
final class SessionCodec {

    static final String REVISION = "r";
    static final String META = "m";
    static final String USER = "u";
    static final String SECRETS = "s";
    static final String RENEWAL = "n";

    /** All of a record. */
    static final String[] FIELDS = {REVISION, META, SECRETS, RENEWAL};

    private static final byte[] NO_RENEWAL = {'0'};

    /**
     * The format of this release. Fields it does not know are kept, so that an older release does no harm to a newer
     * one's. Fields that are missing are refused by the records themselves, each of which knows what it can do without.
     */
    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private final Envelopes envelopes;

    SessionCodec(Envelopes envelopes) {
        this.envelopes = envelopes;
    }

    byte[] meta(String redisKey, SessionMeta meta) {
        return envelopes.seal(redisKey, META, SessionCodec::metaKey, JSON.writeValueAsBytes(meta));
    }

    byte[] secrets(String redisKey, SessionId id, SessionSecrets secrets) {
        return envelopes.seal(redisKey, SECRETS, secretsKey(id), JSON.writeValueAsBytes(secrets));
    }

    /**
     * @throws UnreadableEnvelopeException if any part is missing or cannot be read by this release with this key ring
     */
    SessionRecord read(String redisKey, SessionId id, Map<String, byte[]> fields) {
        SessionMeta meta = readMeta(redisKey, field(fields, META));
        byte[] secrets = envelopes.open(redisKey, SECRETS, secretsKey(id), field(fields, SECRETS));
        try {
            return new SessionRecord(
                    Ascii.number(field(fields, REVISION)),
                    Instant.ofEpochMilli(Ascii.number(fields.getOrDefault(RENEWAL, NO_RENEWAL))),
                    meta,
                    JSON.readValue(secrets, SessionSecrets.class));
        } catch (JacksonException | NumberFormatException malformed) {
            throw new UnreadableEnvelopeException("not a record of a known version", malformed);
        }
    }

    /** @throws UnreadableEnvelopeException if it cannot be read by this release with this key ring */
    SessionMeta readMeta(String redisKey, byte[] envelope) {
        byte[] meta = envelopes.open(redisKey, META, SessionCodec::metaKey, envelope);
        try {
            return JSON.readValue(meta, SessionMeta.class);
        } catch (JacksonException malformed) {
            throw new UnreadableEnvelopeException("not a record of a known version", malformed);
        }
    }

    /** Whether there is a session at all, readable or not. */
    static boolean isSession(Map<String, byte[]> fields) {
        return !fields.isEmpty();
    }

    static Map<String, byte[]> fields(List<KeyValue<String, byte[]>> values) {
        Map<String, byte[]> fields = new LinkedHashMap<>();
        values.stream().filter(KeyValue::hasValue).forEach(value -> fields.put(value.getKey(), value.getValue()));
        return fields;
    }

    private static Function<ServerKey, SecretKey> secretsKey(SessionId id) {
        return key -> key.derive("session secrets", id);
    }

    private static byte[] field(Map<String, byte[]> fields, String name) {
        byte @Nullable [] value = fields.get(name);
        if (value == null) {
            throw new UnreadableEnvelopeException("field " + name + " is missing");
        }
        return value;
    }

    private static SecretKey metaKey(ServerKey key) {
        return key.derive("session meta");
    }
}
