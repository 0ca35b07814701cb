package io.gatehouse.gateway.form;

import io.gatehouse.gateway.edge.CrossSiteRequests;
import io.gatehouse.gateway.edge.EndpointPaths;
import io.gatehouse.gateway.edge.SentForm;
import io.gatehouse.gateway.page.Form;
import io.gatehouse.gateway.page.OwnAnswers;
import io.gatehouse.gateway.page.Page;
import io.gatehouse.gateway.problem.GatewayException;
import io.gatehouse.gateway.problem.ProblemType;
import io.gatehouse.gateway.session.BrowserSession;
import io.gatehouse.gateway.session.Sessions;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebHandler;
import reactor.core.publisher.Mono;

/**
 * {@code GET /auth/form}: asks whether a form that was kept is to be sent now. It is shown to the person whose session
 * had ended when they sent it, and to nobody else. {@code POST} forgets it.
 */
final class FormEndpoint implements WebHandler {

    private static final String NAME = "name";

    private final Sessions sessions;
    private final KeptForms forms;
    private final CrossSiteRequests crossSiteRequests;
    private final OwnAnswers answers;
    private final EndpointPaths paths;

    FormEndpoint(
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
    public Mono<Void> handle(ServerWebExchange exchange) {
        return exchange.getRequest().getMethod().equals(HttpMethod.POST) ? forget(exchange) : ask(exchange);
    }

    private Mono<Void> ask(ServerWebExchange exchange) {
        String name = name(exchange.getRequest().getQueryParams().getFirst(NAME));
        return sessions.current(exchange)
                .switchIfEmpty(Mono.error(() -> GatewayException.of(ProblemType.SIGN_IN_REQUIRED)))
                .zipWith(find(name))
                .map(found -> question(found.getT1(), found.getT2(), name))
                .flatMap(page -> answers.page(exchange, HttpStatus.OK, page));
    }

    private Mono<KeptForm> find(String name) {
        return forms.find(name).switchIfEmpty(Mono.error(() -> GatewayException.of(ProblemType.FORM_UNKNOWN)));
    }

    private Page question(BrowserSession session, KeptForm form, String name) {
        if (!sessions.isOf(form.user(), session)) {
            throw GatewayException.of(ProblemType.FORM_OF_ANOTHER);
        }
        Form again = Form.post("form.send", form.path());
        form.fields().forEach(field -> again.hidden(field.getKey(), field.getValue()));
        return Page.titled("form.title")
                .text("form.advice", form.path())
                .form(again)
                .form(Form.post("form.discard", paths.form()).hidden(NAME, name));
    }

    private Mono<Void> forget(ServerWebExchange exchange) {
        if (!crossSiteRequests.isOurOwn(exchange.getRequest())) {
            return Mono.error(() -> GatewayException.of(ProblemType.CROSS_SITE_REQUEST));
        }
        return SentForm.fields(exchange)
                .map(fields -> name(fields.getFirst(NAME)))
                .flatMap(forms::forget)
                .then(answers.redirect(exchange, "/"));
    }

    private static String name(@Nullable String sent) {
        if (sent == null || !sent.matches("[A-Za-z0-9_-]{43}")) {
            throw GatewayException.of(ProblemType.FORM_UNKNOWN);
        }
        return sent;
    }
}
