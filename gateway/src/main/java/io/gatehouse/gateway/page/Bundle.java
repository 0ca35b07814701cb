package io.gatehouse.gateway.page;

import java.io.IOException;
import java.io.StringReader;
import java.text.Format;
import java.text.MessageFormat;
import java.util.HashMap;
import java.util.IllformedLocaleException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The texts of one language as a file has them: {@code messages_de.properties}, or {@code messages.properties} for
 * English.
 *
 * @param language as the file's name says
 * @param patterns by key, in the syntax of {@link MessageFormat}
 */
record Bundle(Locale language, Map<String, String> patterns) {

    private static final Pattern NAME = Pattern.compile("messages(?:_(.+))?\\.properties");

    /** Minutes, hours and days that languages count in different words. */
    private static final long[] COUNTS = {0, 1, 2, 3, 5, 11, 21, 59};

    static final Bundle ENGLISH = ours("messages.properties");

    static final Bundle CHINESE = ours("messages_zh.properties");

    Bundle {
        patterns = Map.copyOf(patterns);
    }

    /** The language of a file with this name. Empty if it is no file of texts. */
    static Optional<Locale> language(String file) {
        Matcher name = NAME.matcher(file);
        if (!name.matches()) {
            return Optional.empty();
        }
        return name.group(1) == null
                ? Optional.of(Locale.ENGLISH)
                : locale(name.group(1).replace('_', '-'));
    }

    private static Optional<Locale> locale(String tag) {
        try {
            return Optional.of(new Locale.Builder().setLanguageTag(tag).build());
        } catch (IllformedLocaleException malformed) {
            return Optional.empty();
        }
    }

    /**
     * Reads a file.
     *
     * @throws IllegalArgumentException if it is not in the syntax of properties
     */
    static Bundle of(Locale language, String text) {
        var properties = new Properties();
        try {
            properties.load(new StringReader(text));
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
        Map<String, String> patterns = new HashMap<>();
        properties.stringPropertyNames().forEach(key -> patterns.put(key, properties.getProperty(key)));
        return new Bundle(language, patterns);
    }

    private static Bundle ours(String file) {
        return of(language(file).orElseThrow(), Resource.text(file));
    }

    /** The texts of this bundle, and those of another one where this has none. */
    Bundle orElse(Bundle other) {
        Map<String, String> all = new HashMap<>(other.patterns);
        all.putAll(patterns);
        return new Bundle(language, all);
    }

    /** What is wrong with it, measured by ours: unknown keys, patterns nobody can read, gaps nothing is known for. */
    List<String> complaints() {
        return patterns.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .flatMap(text -> complaint(text.getKey(), text.getValue()))
                .toList();
    }

    private static Stream<String> complaint(String key, String pattern) {
        String known = ENGLISH.patterns.get(key);
        if (known == null) {
            return Stream.of(key + " is not the key of any text");
        }
        if (pattern.isBlank()) {
            return Stream.of(key + " is blank");
        }
        if (pattern.replace("''", "").contains("'")) {
            return Stream.of(key + " has an apostrophe that is not written twice");
        }
        try {
            tryOut(pattern, known);
            boolean fits = gaps(pattern) <= gaps(known);
            return fits ? Stream.empty() : Stream.of(key + " has more gaps than " + gaps(known));
        } catch (IllegalArgumentException malformed) {
            return Stream.of(key + " is not in the syntax of java.text.MessageFormat");
        }
    }

    /** A choice is read only when it is made, and a text is no number. */
    private static void tryOut(String pattern, String known) {
        Format[] formats = new MessageFormat(known, Locale.ROOT).getFormatsByArgumentIndex();
        for (long number : COUNTS) {
            Object[] values = Stream.of(formats)
                    .map(format -> format == null ? "text" : (Object) number)
                    .toArray();
            new MessageFormat(pattern, Locale.ROOT).format(values);
        }
    }

    private static int gaps(String pattern) {
        return new MessageFormat(pattern, Locale.ROOT).getFormatsByArgumentIndex().length;
    }
}
