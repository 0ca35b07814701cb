package io.gatehouse.gateway.session;

import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The server keys: the first one writes, all of them read. To rotate, add a new key last on every replica, then move it
 * first, then drop the old one after the absolute lifetime of a session.
 */
public final class KeyRing {

    private static final Pattern KID = Pattern.compile("[A-Za-z0-9_-]{1,32}");

    /** In their order; never changed, only replaced. */
    private volatile Map<String, ServerKey> byKid;

    private KeyRing(List<ServerKey> keys) {
        Map<String, ServerKey> all = new LinkedHashMap<>();
        for (ServerKey key : keys) {
            if (all.put(key.kid(), key) != null) {
                throw new IllegalArgumentException("two keys are named " + key.kid());
            }
        }
        this.byKid = all;
    }

    /**
     * Reads a ring from configuration.
     *
     * @param configured {@code kid:base64url-of-32-bytes[,kid:...]}
     * @throws IllegalArgumentException with a message that names no key material
     */
    public static KeyRing of(String configured) {
        return new KeyRing(Arrays.stream(configured.strip().split(",", -1))
                .map(KeyRing::parse)
                .toList());
    }

    /** The keys of the other one are used from now on. */
    public void replaceWith(KeyRing other) {
        byKid = other.byKid;
    }

    ServerKey first() {
        return byKid.values().iterator().next();
    }

    /** All keys, the one that writes first. */
    Collection<ServerKey> all() {
        return byKid.values();
    }

    /** The key of that name. Fails if it is not on the ring, and names it if it could be a name at all. */
    ServerKey require(String kid) {
        ServerKey key = byKid.get(kid);
        if (key == null) {
            String name = KID.matcher(kid).matches() ? "key " + kid : "its key";
            throw new UnreadableEnvelopeException(name + " is not on the key ring");
        }
        return key;
    }

    private static ServerKey parse(String entry) {
        String[] parts = entry.strip().split(":", -1);
        if (parts.length != 2 || !KID.matcher(parts[0]).matches()) {
            throw new IllegalArgumentException(
                    "must be kid:base64url-of-32-bytes, several separated by commas; make one with: openssl rand"
                            + " -base64 32 | tr '+/' '-_' | tr -d '='");
        }
        try {
            return new ServerKey(parts[0], Base64.getUrlDecoder().decode(parts[1]));
        } catch (IllegalArgumentException malformed) {
            throw new IllegalArgumentException("key " + parts[0] + " is not the base64url form of 32 bytes", malformed);
        }
    }

    @Override
    public String toString() {
        return byKid.keySet().toString();
    }
}
