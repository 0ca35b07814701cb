package io.gatehouse.gateway.form;

import io.gatehouse.gateway.edge.CrossSiteRequests;
import io.gatehouse.gateway.edge.EndpointPaths;
import io.gatehouse.gateway.edge.FetchMetadata;
import io.gatehouse.gateway.edge.FilterOrder;
import io.gatehouse.gateway.edge.ReturnTo;
import io.gatehouse.gateway.page.OwnAnswers;
import io.gatehouse.gateway.page.Page;
import io.gatehouse.gateway.problem.GatewayException;
import io.gatehouse.gateway.route.GatewayRoute;
import io.gatehouse.gateway.session.FormerSession;
import io.gatehouse.gateway.session.Sessions;
import java.nio.charset.StandardCharsets;
import org.springframework.core.annotation.Order;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebExceptionHandler;
import reactor.core.publisher.Mono;

/**
 * Keeps what somebody has typed into a form for so long that their session has ended by the time they send it. Only
 * what a page of this origin sends is kept, and only for a browser whose session ended less than an hour ago: strangers
 * cannot fill Redis, and another site cannot prepare a form for somebody.
 */
@Order(FilterOrder.LATE_FORM)
final class LateForms implements WebExceptionHandler {

    private static final int MAX_BYTES = 64 * 1024;

    private final Sessions sessions;
    private final KeptForms forms;
    private final CrossSiteRequests crossSiteRequests;
    private final OwnAnswers answers;
    private final EndpointPaths paths;

    LateForms(
            Sessions sessions,
            KeptForms forms,
            CrossSiteRequests crossSiteRequests,
            OwnAnswers answers,
            EndpointPaths paths) {
        this.sessions = sessions;
        this.forms = forms;
        this.crossSiteRequests = crossSiteRequests;
        this.answers = answers;
        this.paths = paths;
    }

    @Override
    public Mono<Void> handle(ServerWebExchange exchange, Throwable failure) {
        boolean asksForSignIn =
                failure instanceof GatewayException named && named.type().asksForSignIn();
        if (!asksForSignIn || exchange.getResponse().isCommitted() || !isOurOwnForm(exchange.getRequest())) {
            return Mono.error(failure);
        }
        return sessions.former(exchange.getRequest())
                .switchIfEmpty(Mono.error(failure))
                .flatMap(former -> keep(exchange, former))
                .flatMap(page -> answers.page(exchange, HttpStatus.UNAUTHORIZED, page));
    }

    private boolean isOurOwnForm(ServerHttpRequest request) {
        return request.getMethod().equals(HttpMethod.POST)
                && FetchMetadata.wantsPage(request)
                && crossSiteRequests.isOfOurPage(request);
    }

    private Mono<Page> keep(ServerWebExchange exchange, FormerSession former) {
        return body(exchange)
                .map(body -> new KeptForm(
                        former.user(), ReturnTo.of(exchange.getRequest()).path(), body))
                .filter(LateForms::isReadable)
                .flatMap(form -> keep(former.nameFor(form.path()), form))
                .map(name -> kept(name, stepUp(exchange)))
                .defaultIfEmpty(lost());
    }

    private Mono<String> keep(String name, KeptForm form) {
        return forms.keep(name, form).thenReturn(name);
    }

    /** Empty if it is none that can be kept. */
    private static Mono<String> body(ServerWebExchange exchange) {
        ServerHttpRequest request = exchange.getRequest();
        boolean keeps = GatewayRoute.find(exchange)
                .filter(route -> route.signIn().keepForm())
                .isPresent();
        if (!keeps
                || !MediaType.APPLICATION_FORM_URLENCODED.isCompatibleWith(
                        request.getHeaders().getContentType())) {
            return Mono.empty();
        }
        return DataBufferUtils.join(request.getBody(), MAX_BYTES)
                .map(LateForms::text)
                .onErrorComplete(DataBufferLimitException.class);
    }

    private static String text(DataBuffer joined) {
        try {
            return joined.toString(StandardCharsets.US_ASCII);
        } finally {
            DataBufferUtils.release(joined);
        }
    }

    private static boolean isReadable(KeptForm form) {
        try {
            return !form.fields().isEmpty();
        } catch (IllegalArgumentException unreadable) {
            return false;
        }
    }

    /** The page where the form is sent from asks for no more than a sign-in, and the route may. */
    private static String stepUp(ServerWebExchange exchange) {
        return GatewayRoute.find(exchange)
                .filter(route -> route.signIn().asksForProof())
                .map(route -> "&step_up=" + route.id())
                .orElse("");
    }

    private Page kept(String name, String stepUp) {
        ReturnTo back = new ReturnTo(paths.form() + "?name=" + name);
        return Page.titled("form.kept.title")
                .text("form.kept.advice")
                .link("form.sign-in", paths.signIn() + "?return_to=" + back.encoded() + stepUp)
                .link("home", "/");
    }

    /** Other bodies stay in the browser, which sends them again when the page is loaded again. */
    private Page lost() {
        return Page.titled("problem.session-ended.title")
                .text("form.lost.advice")
                .linkToNewTab("form.sign-in-beside", paths.signIn())
                .link("home", "/");
    }
}
