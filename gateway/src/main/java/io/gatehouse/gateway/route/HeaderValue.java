package io.gatehouse.gateway.route;

import java.util.regex.Pattern;

/**
 * A header and its value. Written {@code Name=value}.
 *
 * @param value visible ASCII and blanks
 */
public record HeaderValue(String name, String value) {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9-]{1,100}");
    private static final Pattern VALUE = Pattern.compile("[\\x20-\\x7E]{0,4096}");

    public HeaderValue {
        if (!isName(name) || !VALUE.matcher(value).matches()) {
            throw new IllegalArgumentException("must be a header and its value, such as X-Tenant=acme");
        }
    }

    /** Reads the written form. */
    public static HeaderValue of(String text) {
        int sign = text.indexOf('=');
        return sign < 0
                ? new HeaderValue("", text)
                : new HeaderValue(
                        text.substring(0, sign).strip(),
                        text.substring(sign + 1).strip());
    }

    /** Whether a text can be the name of a header. */
    static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    /** Never the value, which may be a credential. */
    @Override
    public String toString() {
        return name;
    }
}
