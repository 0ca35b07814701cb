package io.gatehouse.emulator.authorize;

import io.gatehouse.emulator.directory.User;
import io.gatehouse.emulator.http.Request;
import io.gatehouse.emulator.http.Response;
import io.gatehouse.emulator.problem.OidcProblem;
import io.gatehouse.emulator.session.BrowserSession;
import io.gatehouse.emulator.session.Grant;
import io.gatehouse.emulator.session.Tenant;
import io.gatehouse.emulator.session.TokenSource;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.Set;

/** Answers a valid authorization request with a code, or sends the user to a page first. */
final class AuthorizationDecision {

    private final Tenant tenant;
    private final PromptPolicy policy;
    private final Interactions interactions;
    private final LogtoCookies cookies;
    private final AuthorizationResponder responder;
    private final PushedRequests pushedRequests;

    AuthorizationDecision(
            Tenant tenant,
            Interactions interactions,
            LogtoCookies cookies,
            AuthorizationResponder responder,
            PushedRequests pushedRequests) {
        this.tenant = tenant;
        this.policy = new PromptPolicy(tenant.directory(), tenant.clock());
        this.interactions = interactions;
        this.cookies = cookies;
        this.responder = responder;
        this.pushedRequests = pushedRequests;
    }

    /** @throws OidcProblem that travels in the authorization response */
    Response decide(Request request, AuthorizationRequest asked, BrowserSession session, InteractionResult done) {
        Optional<Demand> login = policy.login(asked, session, done);
        if (login.isPresent()) {
            return interact(request, asked, session, login.get(), done);
        }
        User user = user(session);
        Grant grant = grant(asked, session, user, done);
        Optional<Demand> consent = policy.consent(asked, user, grant, done);
        if (consent.isPresent()) {
            return interact(request, asked, session, consent.get(), done);
        }
        return answer(asked, session, grant);
    }

    private Response interact(
            Request request,
            AuthorizationRequest asked,
            BrowserSession session,
            Demand demand,
            InteractionResult done) {
        if (asked.prompts().contains("none")) {
            throw demand.problem();
        }
        var response = interactions.start(request, asked, session, demand, done);
        return session.accountId() == null
                ? response
                : response.with(cookies.session(tenant.sessions().save(session)));
    }

    private User user(BrowserSession session) {
        return Optional.ofNullable(session.accountId())
                .flatMap(tenant.directory()::activeUser)
                .orElseThrow(OidcProblem::invalidGrant);
    }

    /** The grant just consented to, the one of this browser and client, or a blank one. */
    private Grant grant(AuthorizationRequest asked, BrowserSession session, User user, InteractionResult done) {
        String clientId = asked.client().id();
        Optional<Grant> known = Optional.ofNullable(done.grantId())
                .or(() -> session.grantOf(clientId))
                .flatMap(tenant.grants()::find);
        if (known.isPresent() && !asked.client().admits(user.id())) {
            throw OidcProblem.accessDenied(400, "Access denied.");
        }
        return known.orElseGet(() -> tenant.grants().draft(user.id(), clientId));
    }

    private Response answer(AuthorizationRequest asked, BrowserSession session, Grant grant) {
        Set<String> scopes = grant.combined(asked.scopes(), asked.resources());
        if (scopes.isEmpty()) {
            throw OidcProblem.of(400, "access_denied", null);
        }
        if (asked.pushedId() != null) {
            pushedRequests.use(asked.pushedId());
        }
        BrowserSession bound = tenant.sessions().save(bind(asked, session, grant, scopes));
        var code = tenant.grants()
                .issueCode(
                        source(asked, bound, grant, scopes),
                        asked.redirectUri(),
                        asked.parameter("code_challenge").orElse(null));
        var parameters = new LinkedHashMap<String, String>();
        parameters.put("code", code.value());
        asked.parameter("state").ifPresent(it -> parameters.put("state", it));
        return responder.respond(asked, parameters).with(cookies.session(bound));
    }

    private BrowserSession bind(AuthorizationRequest asked, BrowserSession session, Grant grant, Set<String> scopes) {
        String clientId = asked.client().id();
        var bound = session.withGrant(clientId, grant.id(), tenant.identifiers());
        return scopes.contains("offline_access") ? bound.withPersistentGrant(clientId) : bound;
    }

    private static TokenSource source(
            AuthorizationRequest asked, BrowserSession session, Grant grant, Set<String> scopes) {
        var client = asked.client();
        var authorization = session.authorizationOf(client.id()).orElseThrow();
        return new TokenSource(
                grant.accountId(),
                client.id(),
                grant.id(),
                session.uid(),
                !scopes.contains("offline_access"),
                client.redirects().includesSid() ? authorization.sid() : null,
                scopes,
                asked.resources(),
                asked.parameter("nonce").orElse(null),
                asked.wantsAuthTime() ? session.loginAt() : null);
    }
}
