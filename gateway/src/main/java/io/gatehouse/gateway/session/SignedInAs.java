package io.gatehouse.gateway.session;

import io.gatehouse.gateway.edge.ReturnTo;
import io.gatehouse.gateway.page.Page;
import io.gatehouse.gateway.page.Supplement;
import io.gatehouse.gateway.problem.ProblemType;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.web.server.ServerWebExchange;

/** Tells people who may not do something as whom they are signed in: often it is not who they think. */
final class SignedInAs implements Supplement {

    @Override
    public void addTo(Page page, ProblemType type, ReturnTo here, ServerWebExchange exchange) {
        if (type.isAboutAccount()) {
            Sessions.known(exchange).ifPresent(session -> page.text("signed-in-as", name(session.identity())));
        }
    }

    private static String name(Identity who) {
        return Stream.of("name", "email", "username")
                .map(who::text)
                .flatMap(Optional::stream)
                .findFirst()
                .orElse(who.subject());
    }
}
