package io.gatehouse.gateway.edge;

import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.web.server.ServerWebExchange;

/** The parameter {@code ui_locales} (OpenID Connect Core 1.0, section 3.1.2.1). */
public final class UiLocales {

    /** As many as anybody can read; matching takes a stack frame for each part of a tag that could be repeated. */
    private static final int MAX_LENGTH = 200;

    private static final String TAG = "[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8}){0,8}+";
    private static final Pattern TAGS = Pattern.compile(TAG + "(?: " + TAG + "){0,9}+");

    private static final String ATTRIBUTE = UiLocales.class.getName();

    private UiLocales() {}

    /**
     * What the reader of the answer asks for: in the parameter, or as {@link #set} says. Empty where it is not
     * {@linkplain #areReadable readable}.
     */
    public static Optional<String> of(ServerWebExchange exchange) {
        @Nullable String before = exchange.getAttribute(ATTRIBUTE);
        @Nullable String sent = exchange.getRequest().getQueryParams().getFirst("ui_locales");
        return Optional.ofNullable(before == null ? sent : before).filter(UiLocales::areReadable);
    }

    /** Remembers what was asked for before, for requests whose address does not say. */
    public static void set(ServerWebExchange exchange, String locales) {
        exchange.getAttributes().put(ATTRIBUTE, locales);
    }

    /** Whether these are language tags (RFC 5646) in order of preference, separated by single spaces: ten at most. */
    public static boolean areReadable(String value) {
        return value.length() <= MAX_LENGTH && TAGS.matcher(value).matches();
    }
}
