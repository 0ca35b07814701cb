package io.gatehouse.bookstore;

import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.ConfigurableEnvironment;

/** What every feature shares. */
@Configuration(proxyBeanMethods = false)
class BookstoreConfiguration {

    BookstoreConfiguration(ConfigurableEnvironment environment) {
        EnvironmentVariables.refuseUnknown(environment.getSystemEnvironment().keySet());
    }

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }
}
