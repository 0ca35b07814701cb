package io.gatehouse.bookstore;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** Starts the Bookstore. */
@SpringBootApplication(proxyBeanMethods = false)
@ConfigurationPropertiesScan
public final class BookstoreApplication {

    private BookstoreApplication() {}

    /** Serves until the process is told to stop. */
    public static void main(String[] arguments) {
        SpringApplication.run(BookstoreApplication.class, arguments);
    }
}
