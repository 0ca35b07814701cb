package io.gatehouse.bookstore;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.stereotype.Component;

/**
 * Says on standard output where the Bookstore listens and that it does: two lines that a script can wait for, whatever
 * the log level.
 */
@Component
final class StartAnnouncement implements ApplicationListener<ApplicationReadyEvent> {

    private static final Logger LOG = LoggerFactory.getLogger(StartAnnouncement.class);

    private final BookstoreProperties bookstore;

    StartAnnouncement(BookstoreProperties bookstore) {
        this.bookstore = bookstore;
    }

    @Override
    public void onApplicationEvent(ApplicationReadyEvent event) {
        LOG.atInfo()
                .addKeyValue("issuer", bookstore.issuer())
                .addKeyValue("keys", bookstore.keys())
                .addKeyValue("audience", bookstore.audience())
                .addKeyValue("algorithms", bookstore.algorithms())
                .log("access tokens expected");
        String port = event.getApplicationContext().getEnvironment().getRequiredProperty("local.server.port");
        System.out.println("bookstore=http://localhost:" + port);
        System.out.println("bookstore started");
    }
}
