package io.gatehouse.gateway.session;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import javax.crypto.Mac;

/**
 * What Redis calls a person or a session at the IdP: an HMAC under a server key, so that reading Redis tells nobody who
 * is signed in. There is a name for each key of the ring; the first one writes, so it comes first.
 */
final class IndexNames {

    private final KeyRing ring;

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
        String sid = who.sid();
        List<String> ofUser = ofUser(who.issuer(), who.subject());
        return sid == null
                ? ofUser
                : Stream.of(
                                ofUser,
                                ofProviderSession(who.issuer(), sid),
                                ofProviderSession(who.issuer(), sid, who.subject()))
                        .flatMap(List::stream)
                        .toList();
    }

    private List<String> names(String... parts) {
        byte[] message = message(parts);
        return ring.all().stream().map(key -> name(key, message)).toList();
    }

    private static String name(ServerKey key, byte[] message) {
        byte[] mac = hmac(key, message);
        return key.kid() + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(mac);
    }

    private static byte[] hmac(ServerKey key, byte[] message) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key.derive("index"));
            return mac.doFinal(message);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Each part with its length, so that no two messages can look the same. */
    private static byte[] message(String... parts) {
        var message = new ByteArrayOutputStream();
        for (String part : parts) {
            byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
            message.writeBytes(
                    ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
            message.writeBytes(bytes);
        }
        return message.toByteArray();
    }
}
