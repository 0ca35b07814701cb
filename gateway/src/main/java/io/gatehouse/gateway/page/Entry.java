package io.gatehouse.gateway.page;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A row in the list of a {@link Page}: a name, a few facts, something to do with it. */
public final class Entry {

    private static final DateTimeFormatter UTC =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final Fragment name;
    private final List<Fragment> facts = new ArrayList<>();
    private Fragment mark = Fragment.NONE;
    private Fragment action = Fragment.NONE;

    private Entry(Fragment name) {
        this.name = name;
    }

    /** An entry without facts. */
    public static Entry named(String key, Object... values) {
        return new Entry(Fragment.text(key, values));
    }

    /** Sets it apart from the others. */
    public Entry mark(String key) {
        mark = Fragment.element("\n<span class=\"mark\">", Fragment.text(key), "</span>");
        return this;
    }

    /** Adds a fact. */
    public Entry fact(String label, String key) {
        return fact(label, Fragment.text(key));
    }

    /** Adds when something was: how long ago, and the time itself, which means the same everywhere. */
    public Entry fact(String label, Instant at, Instant now) {
        String time =
                "</span> <time datetime=\"%s\">%s</time>".formatted(at.truncatedTo(ChronoUnit.SECONDS), UTC.format(at));
        return fact(label, Fragment.element("<span>", ago(Duration.between(at, now)), time));
    }

    /** Makes it a link that looks like a button. */
    public Entry link(String label, String href) {
        action = Fragment.link("action", Fragment.text(label), href);
        return this;
    }

    /** Makes it a button that sends one field. */
    public Entry button(String label, String path, String field, String value) {
        action = Fragment.form("action", label, path, Fragment.field(field, value));
        return this;
    }

    Fragment fragment() {
        Fragment head = Fragment.element("<li>\n<h2>", Fragment.of(name, mark), "</h2>\n");
        Fragment table = Fragment.element("<dl>\n", Fragment.lines(facts), "\n</dl>\n");
        return Fragment.of(head, table, Fragment.element("", action, "\n</li>"));
    }

    private Entry fact(String label, Fragment value) {
        Fragment term = Fragment.element("<dt>", Fragment.text(label), "</dt>");
        Fragment meaning = Fragment.element("<dd>", value, "</dd>");
        facts.add(Fragment.element("<div>", Fragment.of(term, meaning), "</div>"));
        return this;
    }

    private static Fragment ago(Duration passed) {
        if (passed.toMinutes() < 1) {
            return Fragment.text("ago.now");
        }
        if (passed.toHours() < 1) {
            return Fragment.text("ago.minutes", passed.toMinutes());
        }
        return passed.toDays() < 1
                ? Fragment.text("ago.hours", passed.toHours())
                : Fragment.text("ago.days", passed.toDays());
    }
}
