package io.gatehouse.gateway.session;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.gatehouse.gateway.fixture.TestKeys;
import io.gatehouse.gateway.fixture.TestSessions;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionCodecTests {

    private static final String KEY = "gatehouse:session:x";

    private final SecureRandom random = new SecureRandom();
    private final Envelopes envelopes = new Envelopes(KeyRing.of(TestKeys.entry("k1")), random);
    private final SessionCodec codec = new SessionCodec(envelopes);
    private final SessionId id = SessionId.random(random);
    private final SessionRecord session = SessionRecord.begun(
            Instant.parse("2026-11-22T10:00:00.123456Z"),
            "Firefox",
            TestSessions.alice(),
            TestSessions.tokens("refresh")
                    .with(
                            TestSessions.RESOURCE,
                            new AccessToken(
                                    "a.b.c",
                                    Instant.parse("2026-11-22T10:00:00Z"),
                                    Instant.parse("2026-11-22T11:00:00Z"),
                                    List.of("read:books"))));

    @Test
    void recordSurvivesTheRoundTrip() {
        assertThat(codec.read(KEY, id, fields(session))).isEqualTo(session);
    }

    @Test
    void whatAnIdpMayLeaveOutMayBeMissing() {
        Map<String, Object> claims = new HashMap<>();
        claims.put("email", null);
        SessionRecord bare = SessionRecord.begun(
                Instant.parse("2026-11-22T10:00:00Z"),
                "Firefox",
                new Identity("https://idp.example", "alice", null, claims),
                new SessionTokens(null, null, Map.of(), Set.of()));

        assertThat(codec.read(KEY, id, fields(bare))).isEqualTo(bare);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"tokens\":{\"access\":{},\"resources\":[]},\"attributes\":{}}",
                "{\"identity\":{\"iss\":\"a\",\"sub\":\"b\",\"claims\":{}},\"attributes\":{}}",
                "{\"identity\":{\"iss\":\"a\",\"claims\":{}},\"tokens\":{\"access\":{},\"resources\":[]},\"attributes\":{}}"
            })
    void whatASessionCannotDoWithoutMustBeThere(String secrets) {
        Map<String, byte[]> fields = fields(session);
        fields.put("s", envelopes.seal(KEY, "s", key -> key.derive("session secrets", id), secrets.getBytes(UTF_8)));

        assertThatExceptionOfType(UnreadableEnvelopeException.class).isThrownBy(() -> codec.read(KEY, id, fields));
    }

    @Test
    void nothingInItCanBeRead() {
        fields(session)
                .forEach((name, value) -> assertThat(new String(value, UTF_8))
                        .doesNotContain("alice", "9xdtcxqv0uke", "refresh", "a.b.c", "Firefox", id.value()));
    }

    @Test
    void secretsNeedTheBrowsersIdAndMetaDoesNot() {
        Map<String, byte[]> fields = fields(session);

        assertThatExceptionOfType(UnreadableEnvelopeException.class)
                .isThrownBy(() -> codec.read(KEY, SessionId.random(random), fields));
        assertThat(envelopes.open(KEY, "m", key -> key.derive("session meta"), fields.get("m")))
                .asString(UTF_8)
                .contains("Firefox")
                .doesNotContain("alice");
    }

    @Test
    void fieldsOfALaterReleaseSurviveARewrite() {
        String meta =
                "{\"created\":\"2026-11-22T10:00:00Z\",\"seen\":\"2026-11-22T10:00:00Z\",\"browser\":\"Edge\",\"device\":{\"a\":1}}";
        Map<String, byte[]> fields = fields(session);
        fields.put("m", envelopes.seal(KEY, "m", key -> key.derive("session meta"), meta.getBytes(UTF_8)));

        SessionRecord read = codec.read(KEY, id, fields);
        SessionRecord again = codec.read(KEY, id, fields(read.with(read.tokens().rotated("next"))));

        assertThat(again.meta().others()).isEqualTo(Map.of("device", Map.of("a", 1)));
        assertThat(again.tokens().refreshToken()).isEqualTo("next");
    }

    @Test
    void fieldsOfALaterReleaseSurviveARewriteInWhatIsSecretToo() {
        String secrets = """
            {"identity":{"iss":"a","sub":"b","claims":{},"account":"x"},
             "tokens":{"access":{"r":{"value":"a.b.c","issued":"2026-11-22T10:00:00Z",
                                      "expires":"2026-11-22T11:00:00Z","scopes":[],"bound":"k"}},
                       "resources":["r"],"vault":["y"]},
             "attributes":{},"flags":{"z":true}}
            """;
        Map<String, byte[]> fields = fields(session);
        fields.put("s", envelopes.seal(KEY, "s", key -> key.derive("session secrets", id), secrets.getBytes(UTF_8)));

        SessionRecord read = codec.read(KEY, id, fields);
        SessionRecord again = codec.read(KEY, id, fields(read.with(read.tokens().rotated("next"))));

        assertThat(again.secrets().others()).isEqualTo(Map.of("flags", Map.of("z", true)));
        assertThat(again.identity().others()).isEqualTo(Map.of("account", "x"));
        assertThat(again.tokens().others()).isEqualTo(Map.of("vault", List.of("y")));
        assertThat(again.tokens().access("r").orElseThrow().others()).isEqualTo(Map.of("bound", "k"));
        assertThat(again.tokens().refreshToken()).isEqualTo("next");
    }

    @Test
    void missingOrMalformedPartIsUnreadable() {
        for (String field : List.of("r", "m", "s")) {
            Map<String, byte[]> fields = fields(session);
            fields.remove(field);
            assertThatExceptionOfType(UnreadableEnvelopeException.class)
                    .isThrownBy(() -> codec.read(KEY, id, fields))
                    .withMessageContaining("field " + field);
        }
        Map<String, byte[]> fields = fields(session);
        fields.put("m", envelopes.seal(KEY, "m", key -> key.derive("session meta"), "[]".getBytes(UTF_8)));
        assertThatExceptionOfType(UnreadableEnvelopeException.class).isThrownBy(() -> codec.read(KEY, id, fields));
    }

    /** What a replica of an earlier release has written while this one is rolled out. Never to be written anew. */
    @Test
    void recordOfFormat1IsRead() throws IOException {
        Properties written = new Properties();
        written.load(getClass().getResourceAsStream("session-format-1.properties"));
        Map<String, byte[]> fields = new HashMap<>();
        for (String field : List.of("r", "m", "s")) {
            fields.put(field, HexFormat.of().parseHex(written.getProperty(field)));
        }

        SessionId recorded = SessionId.parse("A".repeat(43)).orElseThrow();
        var ring = KeyRing.of("k1:" + "A".repeat(43));
        var reader = new SessionCodec(new Envelopes(ring, random));

        assertThat(reader.read(KEY, recorded, fields)).isEqualTo(session);
    }

    private Map<String, byte[]> fields(SessionRecord record) {
        Map<String, byte[]> fields = new HashMap<>();
        fields.put("r", Long.toString(record.revision()).getBytes(UTF_8));
        fields.put("m", codec.meta(KEY, record.meta()));
        fields.put("s", codec.secrets(KEY, id, record.secrets()));
        return fields;
    }
}
