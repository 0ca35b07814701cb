package io.gatehouse.gateway.page;

import java.util.List;
import java.util.Locale;
import org.springframework.context.MessageSource;
import org.springframework.context.support.ResourceBundleMessageSource;
import org.springframework.http.HttpHeaders;

/**
 * The texts of the gateway's own pages in one of the languages it speaks. They are in {@code messages*.properties}
 * beside this class, in the syntax of {@link java.text.MessageFormat}: an apostrophe is written twice.
 */
final class Texts {

    /** For whatever reads no pages, and for whoever reads another language. */
    static final Texts ENGLISH = new Texts(Locale.ENGLISH);

    static final Texts CHINESE = new Texts(Locale.CHINESE);

    private static final MessageSource BUNDLES = bundles();

    /** More than any browser sends; the JDK takes time that grows with the square of the length. */
    private static final int LONGEST_PREFERENCES = 500;

    private final Locale language;

    private Texts(Locale language) {
        this.language = language;
    }

    /**
     * The texts in the language a reader prefers among ours ({@code Accept-Language}; RFC 4647, section 3.4), or in
     * English.
     */
    static Texts of(HttpHeaders request) {
        String preferences = String.join(",", request.getOrEmpty(HttpHeaders.ACCEPT_LANGUAGE));
        return preferences.isEmpty() || preferences.length() > LONGEST_PREFERENCES ? ENGLISH : preferred(preferences);
    }

    private static Texts preferred(String preferences) {
        try {
            List<Locale> ours = List.of(ENGLISH.language, CHINESE.language);
            Locale best = Locale.lookup(Locale.LanguageRange.parse(preferences), ours);
            return Locale.CHINESE.equals(best) ? CHINESE : ENGLISH;
        } catch (IllegalArgumentException malformed) {
            return ENGLISH;
        }
    }

    /** The language tag (RFC 5646), for {@code lang} and {@code Content-Language}. */
    String language() {
        return language.toLanguageTag();
    }

    /** The text of a key, with these values in its gaps. Not escaped. */
    String get(String key, Object... values) {
        return BUNDLES.getMessage(key, values, language);
    }

    private static MessageSource bundles() {
        var bundles = new ResourceBundleMessageSource();
        bundles.setBasename(Texts.class.getPackageName() + ".messages");
        bundles.setBundleClassLoader(Texts.class.getClassLoader());
        bundles.setDefaultEncoding("UTF-8");
        // Without this a server in Shanghai would speak Chinese to everybody.
        bundles.setFallbackToSystemLocale(false);
        bundles.setAlwaysUseMessageFormat(true);
        return bundles;
    }
}
