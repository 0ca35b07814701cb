package io.gatehouse.emulator.session;

import java.util.Base64;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/** Random names in Logto's shapes. */
public final class Identifiers {

    private static final String ALPHABET = "0123456789abcdefghijklmnopqrstuvwxyz";

    private final RandomGenerator random;

    public Identifiers(RandomGenerator random) {
        this.random = random;
    }

    /** 256 bits as 43 characters: tokens, codes, session ids, {@code jti}. */
    public String secret() {
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** 12 lower-case characters: a user or an organization. */
    public String shortId() {
        return id(12);
    }

    /** 21 lower-case characters: an application, a connector, a webhook. */
    public String longId() {
        return id(21);
    }

    private String id(int length) {
        return random.ints(length, 0, ALPHABET.length())
                .mapToObj(it -> String.valueOf(ALPHABET.charAt(it)))
                .collect(Collectors.joining());
    }
}
