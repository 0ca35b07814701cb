package io.gatehouse.gateway.session;

import io.gatehouse.gateway.live.Derived;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.SecretKey;

/**
 * What Redis calls a person or a session at the IdP: an HMAC under a server key, so that reading Redis tells nobody who
 * is signed in. There is a name for each key of the ring; the first one writes, so it comes first.
 */
final class IndexNames {

    /** The name of everybody. Nothing is listed under it. */
    static final String ALL = "all";

    private final KeyRing ring;
    private final Derived<ServerKey, SecretKey> keys = new Derived<>(key -> key.derive("index"));

    IndexNames(KeyRing ring) {
        this.ring = ring;
    }

    /** The names of a person: the IdP's subject, unique within the issuer. */
    List<String> ofUser(String issuer, String subject) {
        return names("sub", issuer, subject);
    }

    /** The names of a session at the IdP, which several sessions here may share. */
    List<String> ofProviderSession(String issuer, String sid) {
        return names("sid", issuer, sid);
    }

    /** The names of what one person has of a session at the IdP. Nothing is listed under them. */
    List<String> ofProviderSession(String issuer, String sid, String subject) {
        return names("sid+sub", issuer, sid, subject);
    }

    /** All names under which a session of this person can be ended. */
    List<String> of(Identity who) {
        List<String> names = new ArrayList<>(ofUser(who.issuer(), who.subject()));
        names.add(ALL);
        String sid = who.sid();
        if (sid != null) {
            names.addAll(ofProviderSession(who.issuer(), sid));
            names.addAll(ofProviderSession(who.issuer(), sid, who.subject()));
        }
        return names;
    }

    private List<String> names(String... parts) {
        byte[] message = Framed.of(Stream.of(parts)
                .map(part -> part.getBytes(StandardCharsets.UTF_8))
                .toArray(byte[][]::new));
        return ring.all().stream()
                .map(key -> name(key.kid(), keys.of(key), message))
                .toList();
    }

    private static String name(String kid, SecretKey key, byte[] message) {
        return kid + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(hmac(key, message));
    }

    static byte[] hmac(SecretKey key, byte[] message) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return mac.doFinal(message);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
