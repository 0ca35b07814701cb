package io.gatehouse.gateway.session;

import java.nio.charset.StandardCharsets;

/** Names and numbers as Redis keeps them: readable, and comparable in scripts. */
final class Ascii {

    private Ascii() {}

    static byte[] of(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    static byte[] of(long number) {
        return of(Long.toString(number));
    }

    static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.US_ASCII);
    }

    /** Fails with a {@link NumberFormatException} if it is none. */
    static long number(byte[] bytes) {
        return Long.parseLong(text(bytes));
    }
}
