package io.gatehouse.gateway.login;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The error code of an authorization response, in a form that can be logged: it comes from the browser and may be
 * anything.
 */
final class ErrorCode {

    private static final Pattern CODE = Pattern.compile("[a-z_]{1,64}");

    private ErrorCode() {}

    static String of(Optional<String> error) {
        return error.map(code -> CODE.matcher(code).matches() ? code : "an unknown error")
                .orElse("neither a code nor an error");
    }
}
