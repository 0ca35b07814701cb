package io.gatehouse.gateway.provider;

import java.util.regex.Pattern;

/** The error code of a response (RFC 6749, sections 4.1.2.1 and 5.2), in a form that can be logged. */
public final class ErrorCode {

    private static final Pattern CODE = Pattern.compile("[a-z_]{1,64}");

    private ErrorCode() {}

    /** The code, or a note that it is none: it may have come by way of the browser and be anything. */
    public static String readable(String sent) {
        return CODE.matcher(sent).matches() ? sent : "an unknown error";
    }
}
