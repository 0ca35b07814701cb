package io.gatehouse.gateway;

import io.gatehouse.gateway.problem.GatewayException;
import io.lettuce.core.RedisException;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import reactor.core.publisher.Hooks;

/**
 * The gateway. Spring Boot's own security chains, user store and OAuth2 sign-in are left out: this gateway has its own
 * request path, and uses the parts of Spring Security that speak OAuth.
 */
@SpringBootApplication(
        excludeName = {
            "org.springframework.boot.security.autoconfigure.ReactiveUserDetailsServiceAutoConfiguration",
            "org.springframework.boot.security.autoconfigure.web.reactive.ReactiveWebSecurityAutoConfiguration",
            "org.springframework.boot.security.oauth2.client.autoconfigure.reactive.ReactiveOAuth2ClientAutoConfiguration",
            "org.springframework.boot.security.oauth2.client.autoconfigure.reactive.ReactiveOAuth2ClientWebSecurityAutoConfiguration"
        })
public class GatewayApplication {

    private static final Logger LOG = LoggerFactory.getLogger(GatewayApplication.class);

    static {
        Hooks.onErrorDropped(GatewayApplication::drop);
    }

    /**
     * Logs a failure that Reactor can deliver to nobody any more. Of several things that fail at once, such as commands
     * when Redis goes away, the first is answered and logged, and the others come here: only a defect is an error.
     */
    private static void drop(Throwable dropped) {
        Throwable failure =
                dropped instanceof CompletionException && dropped.getCause() != null ? dropped.getCause() : dropped;
        boolean isDefect = !(failure instanceof GatewayException
                || failure instanceof RedisException
                || failure instanceof TimeoutException
                || failure instanceof IOException);
        LOG.atLevel(isDefect ? Level.ERROR : Level.DEBUG).setCause(failure).log("failure that nobody waited for");
    }

    /** Starts the gateway, or {@linkplain Explain explains} what it would do with a request. */
    public static void main(String[] arguments) {
        if (arguments.length > 0 && arguments[0].equals(Explain.COMMAND)) {
            System.exit(Explain.run(List.of(arguments).subList(1, arguments.length), System.out));
        }
        SpringApplication.run(GatewayApplication.class, arguments);
    }
}
