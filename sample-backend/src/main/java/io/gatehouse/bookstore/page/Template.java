package io.gatehouse.bookstore.page;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.util.HtmlUtils;

/**
 * An HTML page with places such as {@code {{subject}}} for values. Whatever is put there is escaped: a template has no
 * way to say otherwise, so no place may stand inside a script or an unquoted attribute.
 *
 * @param html the page, its content already within the layout
 */
record Template(String html) {

    private static final Pattern PLACE = Pattern.compile("\\{\\{(\\w+)}}");

    private static final MediaType HTML = new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8);

    /** Reads the page of that name among the resources and sets it into the layout. */
    static Template of(String name) {
        return new Template(
                read("layout").replace("<!-- content -->", read(name).strip()));
    }

    /** The page, with a value for each of its places. */
    ResponseEntity<String> page(Map<String, String> values) {
        return ResponseEntity.ok().contentType(HTML).body(render(values));
    }

    /** Fails if a place has no value: a template that is out of step is a bug. */
    String render(Map<String, String> values) {
        return PLACE.matcher(html).replaceAll(place -> Matcher.quoteReplacement(escaped(place, values)));
    }

    private static String escaped(MatchResult place, Map<String, String> values) {
        String value = values.get(place.group(1));
        if (value == null) {
            throw new IllegalArgumentException("no value for " + place.group());
        }
        return HtmlUtils.htmlEscape(value, StandardCharsets.UTF_8.name());
    }

    private static String read(String name) {
        try {
            return new ClassPathResource("pages/" + name + ".html").getContentAsString(StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
