package io.gatehouse.gateway.page;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The HTML around every page, with places such as <code>{{body}}</code> for what differs between them.
 *
 * @param html a whole document
 */
record Template(String html) {

    static final List<String> REQUIRED = List.of("language", "title", "style", "brand", "body", "support");

    /** Left out where somebody has written it into their own document. */
    private static final String OPTIONAL = "name";

    private static final Pattern PLACE = Pattern.compile("\\{\\{\\s*([^{}]*?)\\s*}}");

    /** What keeps this from being a template: places that are missing, and places that nothing is known for. */
    List<String> complaints() {
        Set<String> used = PLACE.matcher(html)
                .results()
                .map(place -> place.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        List<String> missing =
                REQUIRED.stream().filter(Predicate.not(used::contains)).toList();
        List<String> unknown =
                used.stream().filter(Predicate.not(Template::isKnown)).toList();
        return Stream.of(complaint("lacks", missing), complaint("has an unknown", unknown))
                .filter(Predicate.not(String::isEmpty))
                .toList();
    }

    private static boolean isKnown(String place) {
        return REQUIRED.contains(place) || OPTIONAL.equals(place);
    }

    private static String complaint(String what, List<String> places) {
        return places.isEmpty() ? "" : "layout.html %s {{%s}}".formatted(what, String.join("}}, {{", places));
    }

    /** In one pass: a value that looks like a place is none. */
    String with(Map<String, String> values) {
        return PLACE.matcher(html).replaceAll(place -> Matcher.quoteReplacement(value(place, values)));
    }

    private static String value(MatchResult place, Map<String, String> values) {
        return values.getOrDefault(place.group(1), "");
    }
}
