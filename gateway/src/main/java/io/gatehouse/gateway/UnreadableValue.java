package io.gatehouse.gateway;

import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.core.convert.ConversionFailedException;
import org.springframework.util.unit.DataSize;

/** Says what is wrong with a value that cannot be read, in one line and in an operator's terms. */
final class UnreadableValue {

    private UnreadableValue() {}

    /**
     * What is wrong with it.
     *
     * @param type what it should have become
     * @param secret whether it must not be repeated
     */
    static String describe(Class<?> type, boolean secret, Exception error) {
        if (error instanceof UnboundConfigurationPropertiesException) {
            return "the numbers of a list begin with 0 and leave none out";
        }
        Object value = error instanceof ConversionFailedException failed ? failed.getValue() : null;
        String quoted = secret || value == null ? "" : "'" + withoutUser(value.toString()) + "' ";
        return quoted + expectation(type, error.getCause());
    }

    /** A key that there is not, and perhaps the one that was meant. */
    static String unknown(Optional<String> meant) {
        return "there is no such setting"
                + meant.map(key -> "; did you mean " + key + "?").orElse("");
    }

    /** A group of keys was given a value. It is not repeated: the group may hold secrets. */
    static String describeGroup(String example) {
        return "has no value of its own, because it is a group of settings such as " + example;
    }

    private static String expectation(Class<?> type, @Nullable Throwable cause) {
        if (type == int.class) {
            return "is not a whole number";
        }
        if (type == Duration.class) {
            return "is not a valid duration such as 500ms, 30s, 5m or 10h";
        }
        if (type == DataSize.class) {
            return "is not a valid size such as 64KB or 10MB";
        }
        if (type == boolean.class) {
            return "is neither true nor false";
        }
        if (type.isEnum()) {
            return "is none of " + constants(type);
        }
        return ownWords(cause);
    }

    private static String constants(Class<?> type) {
        return Arrays.stream(type.getEnumConstants())
                .map(constant -> constant.toString().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
    }

    /** A type of ours says by itself what it expects. */
    private static String ownWords(@Nullable Throwable cause) {
        if (cause != null && cause.getCause() instanceof URISyntaxException) {
            return "is not a valid URL";
        }
        String words = cause instanceof IllegalArgumentException ? cause.getMessage() : null;
        return words == null ? "cannot be read" : words;
    }

    private static String withoutUser(String value) {
        return value.replaceAll("//[^/]*@", "//***@");
    }
}
