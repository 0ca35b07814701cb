package io.gatehouse.emulator.keys;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import java.util.ArrayList;
import java.util.List;

/** The current key, which signs, and previous ones, which are only published. Thread-safe. */
public final class SigningKeys {

    private final List<JWK> keys = new ArrayList<>();

    public SigningKeys(JWK current) {
        keys.add(current);
    }

    public synchronized JWK current() {
        return keys.getFirst();
    }

    public JWSAlgorithm algorithm() {
        return JWSAlgorithm.parse(current().getAlgorithm().getName());
    }

    /** Current first, private parts included. */
    public synchronized List<JWK> all() {
        return List.copyOf(keys);
    }

    public JWKSet published() {
        return new JWKSet(all()).toPublicJWKSet();
    }

    /** New tokens use the new key at once; only the key before it stays published. */
    public synchronized JWK rotate(KeyType type) {
        JWK previous = current();
        keys.clear();
        keys.add(type.generate());
        keys.add(previous);
        return current();
    }

    /** False if {@code kid} is not a previous key: the current one cannot be deleted. */
    public synchronized boolean deletePrevious(String kid) {
        return !current().getKeyID().equals(kid)
                && keys.removeIf(it -> it.getKeyID().equals(kid));
    }
}
