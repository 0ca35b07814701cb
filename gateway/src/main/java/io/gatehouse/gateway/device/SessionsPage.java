package io.gatehouse.gateway.device;

import io.gatehouse.gateway.edge.EndpointPaths;
import io.gatehouse.gateway.page.Entry;
import io.gatehouse.gateway.page.Page;
import java.time.Instant;
import java.util.List;

/** Shows people where they are signed in, with a button for each place. */
final class SessionsPage {

    private final EndpointPaths paths;

    SessionsPage(EndpointPaths paths) {
        this.paths = paths;
    }

    Page of(List<OwnSession> all, Instant now) {
        Page page = Page.titled("sessions.title").text("sessions.advice");
        all.stream().map(own -> entry(own, now)).forEach(page::entry);
        if (all.size() > 1) {
            page.button("sessions.end-others", paths.endOfSessions(), "others", "true");
        }
        return page.link("home", "/");
    }

    private Entry entry(OwnSession own, Instant now) {
        Entry entry = named(own).fact("sessions.signed-in", own.session().meta().createdAt(), now);
        if (own.isCurrent()) {
            return entry.mark("sessions.this-device")
                    .fact("sessions.last-used", "sessions.in-use")
                    .link("sign-out", paths.signOut());
        }
        return entry.fact("sessions.last-used", own.session().meta().lastSeenAt(), now)
                .button(
                        "sign-out",
                        paths.endOfSessions(),
                        "handle",
                        own.session().handle());
    }

    private static Entry named(OwnSession own) {
        return own.session()
                .browser()
                .map(family -> Entry.named("sessions.browser", family))
                .orElseGet(() -> Entry.named("sessions.unknown-browser"));
    }
}
