package io.gatehouse.gateway.organization;

import io.gatehouse.gateway.edge.EndpointPaths;
import io.gatehouse.gateway.edge.ReturnTo;
import io.gatehouse.gateway.page.Form;
import io.gatehouse.gateway.page.Page;
import io.gatehouse.gateway.page.Supplement;
import io.gatehouse.gateway.problem.ProblemType;
import io.gatehouse.gateway.session.BrowserSession;
import io.gatehouse.gateway.session.Identity;
import io.gatehouse.gateway.session.Sessions;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.web.server.ServerWebExchange;

/** Offers people their organizations where a page needs one of them. */
final class OrganizationChoice implements Supplement {

    private static final Set<ProblemType> ABOUT_ORGANIZATIONS =
            Set.of(ProblemType.ORGANIZATION_REQUIRED, ProblemType.NOT_A_MEMBER);

    /** More are not chosen from buttons. */
    private static final int MAX_SHOWN = 20;

    private final EndpointPaths paths;

    OrganizationChoice(EndpointPaths paths) {
        this.paths = paths;
    }

    @Override
    public void addTo(Page page, ProblemType type, ReturnTo here, ServerWebExchange exchange) {
        if (ABOUT_ORGANIZATIONS.contains(type)) {
            Sessions.known(exchange).ifPresent(session -> offer(page, session, here));
        }
    }

    private void offer(Page page, BrowserSession session, ReturnTo here) {
        Identity who = session.identity();
        List<String> ids = who.texts("organizations");
        if (ids.isEmpty()) {
            page.text("organization.none");
        }
        ids.stream().limit(MAX_SHOWN).map(id -> button(who, id, here)).forEach(page::form);
    }

    private Form button(Identity who, String id, ReturnTo here) {
        return Form.post("organization.go-on", paths.organization(), name(who, id))
                .hidden("organization", id)
                .hidden("return_to", here.path());
    }

    /** Logto tells names if it is told to put {@code organization_data} into ID tokens. */
    private static String name(Identity who, String id) {
        return who.claims().get("organization_data") instanceof Collection<?> all
                ? all.stream()
                        .filter(one -> one instanceof Map<?, ?> known && id.equals(known.get("id")))
                        .map(one -> String.valueOf(((Map<?, ?>) one).get("name")))
                        .findFirst()
                        .orElse(id)
                : id;
    }
}
