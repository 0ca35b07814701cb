package io.gatehouse.gateway.page;

import io.gatehouse.gateway.edge.UiLocales;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.http.HttpHeaders;
import org.springframework.web.server.ServerWebExchange;

/** The languages the pages speak: ours and those an operator has added. */
final class Languages {

    /** More than any browser sends; the JDK takes time that grows with the square of the length. */
    private static final int LONGEST_PREFERENCES = 500;

    private final Map<Locale, Texts> texts;

    /** @param own an operator's; where one lacks a text, the English one stands in */
    Languages(List<Bundle> own) {
        Map<Locale, Bundle> bundles = Stream.of(Bundle.ENGLISH, Bundle.CHINESE)
                .collect(Collectors.toMap(Bundle::language, Function.identity()));
        own.forEach(bundle -> bundles.merge(bundle.language(), bundle, (ours, theirs) -> theirs.orElse(ours)));
        Bundle english = Objects.requireNonNull(bundles.get(Locale.ENGLISH));
        Map<Locale, Texts> complete = new HashMap<>();
        bundles.forEach((language, bundle) -> complete.put(language, new Texts(bundle.orElse(english))));
        texts = Map.copyOf(complete);
    }

    /**
     * The texts in the language a reader prefers among ours (RFC 4647, section 3.4), or in English. What is asked for
     * in {@code ui_locales} comes before {@code Accept-Language}.
     */
    Texts of(ServerWebExchange exchange) {
        List<String> accepted = exchange.getRequest().getHeaders().getOrEmpty(HttpHeaders.ACCEPT_LANGUAGE);
        return UiLocales.of(exchange)
                .flatMap(locales -> preferred(locales.replace(' ', ',')))
                .or(() -> preferred(String.join(",", accepted)))
                .orElseGet(() -> of(Locale.ENGLISH));
    }

    /**
     * The texts of some keys in every language there is, by its tag (RFC 5646); a longer tag comes after its prefix.
     */
    SortedMap<String, List<String>> all(List<String> keys) {
        SortedMap<String, List<String>> all = new TreeMap<>();
        texts.values()
                .forEach(language -> all.put(
                        language.language(), keys.stream().map(language::get).toList()));
        return all;
    }

    private Texts of(Locale language) {
        return Objects.requireNonNull(texts.get(language));
    }

    private Optional<Texts> preferred(String preferences) {
        if (preferences.isEmpty() || preferences.length() > LONGEST_PREFERENCES) {
            return Optional.empty();
        }
        try {
            List<Locale.LanguageRange> ranges = Locale.LanguageRange.parse(preferences);
            return Optional.ofNullable(Locale.lookup(ranges, texts.keySet())).map(this::of);
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }
}
