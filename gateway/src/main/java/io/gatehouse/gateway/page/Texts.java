package io.gatehouse.gateway.page;

import java.text.MessageFormat;
import java.util.Objects;
import java.util.Set;

/**
 * The texts of the gateway's own pages in one language. They are in {@code messages*.properties} beside this class, in
 * the syntax of {@link MessageFormat}: an apostrophe is written twice.
 */
final class Texts {

    /** For whatever reads no pages. */
    static final Texts ENGLISH = new Texts(Bundle.ENGLISH);

    /** Languages whose usual script runs from right to left. */
    private static final Set<String> LEFTWARDS =
            Set.of("ar", "ckb", "dv", "fa", "he", "ks", "ps", "sd", "ug", "ur", "yi");

    private final Bundle bundle;

    /** @param bundle with all keys */
    Texts(Bundle bundle) {
        this.bundle = bundle;
    }

    /** The language tag (RFC 5646), for {@code Content-Language}. */
    String language() {
        return bundle.language().toLanguageTag();
    }

    /** The attributes of a page that say in which language it is, and in which direction it runs. */
    String attributes() {
        String attribute = "lang=\"" + Fragment.escape(language()) + "\"";
        return LEFTWARDS.contains(bundle.language().getLanguage()) ? attribute + " dir=\"rtl\"" : attribute;
    }

    /** The text of a key, with these values in its gaps. Not escaped. */
    String get(String key, Object... values) {
        String pattern = Objects.requireNonNull(bundle.patterns().get(key), key);
        return new MessageFormat(pattern, bundle.language()).format(values);
    }
}
