package io.gatehouse.emulator.control;

import io.gatehouse.emulator.directory.Connector;
import io.gatehouse.emulator.directory.Secret;
import io.gatehouse.emulator.directory.SignInExperience;
import io.gatehouse.emulator.http.Reply;
import io.gatehouse.emulator.http.Request;
import io.gatehouse.emulator.http.Response;
import io.gatehouse.emulator.http.Routes;
import io.gatehouse.emulator.okta.OktaAccount;
import io.gatehouse.emulator.okta.OktaState;
import io.gatehouse.emulator.session.Tenant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How people sign in: the sign-in experience, the connectors, and the people behind them. */
final class ExperienceControl {

    private final Tenant tenant;
    private final OktaState okta;

    ExperienceControl(Tenant tenant, OktaState okta) {
        this.tenant = tenant;
        this.okta = okta;
    }

    void addTo(Routes routes) {
        routes.get("/control/sign-in-experience", _ -> showExperience())
                .on("PATCH", "/control/sign-in-experience", this::changeExperience)
                .get("/control/connectors", _ -> showConnectors())
                .on("PUT", "/control/connectors/{id}", this::putConnector)
                .on("PUT", "/control/okta/accounts/{email}", this::putAccount)
                .on("DELETE", "/control/okta/sessions", _ -> endOktaSessions());
    }

    private Reply changeExperience(Request request) {
        Body body = Body.of(request);
        SignInExperience known = tenant.directory().signInExperience();
        String mode = body.textOr("signInMode", known.registration() ? "SignInAndRegister" : "SignIn");
        if (!List.of("SignIn", "SignInAndRegister").contains(mode)) {
            throw new BadRequest("signInMode must be SignIn or SignInAndRegister");
        }
        tenant.directory()
                .changeSignInExperience(new SignInExperience(
                        mode.equals("SignInAndRegister"),
                        body.nullableOr("unknownSessionRedirectUrl", known.unknownSessionRedirectUrl()),
                        body.setOr("enabledExtendedClaims", known.extendedIdTokenClaims())));
        return showExperience();
    }

    private Reply showExperience() {
        SignInExperience experience = tenant.directory().signInExperience();
        var view = new LinkedHashMap<String, @Nullable Object>();
        view.put("signInMode", experience.registration() ? "SignInAndRegister" : "SignIn");
        view.put("unknownSessionRedirectUrl", experience.unknownSessionRedirectUrl());
        view.put("enabledExtendedClaims", experience.extendedIdTokenClaims());
        return Response.json(200, view);
    }

    private Reply showConnectors() {
        return Response.json(
                200,
                tenant.directory().connectors().all().stream()
                        .map(ExperienceControl::view)
                        .toList());
    }

    /** Changes what is named; a connector that is not there yet starts as a copy of the first. */
    private Reply putConnector(Request request) {
        Body body = Body.of(request);
        String id = request.pathVariable("id");
        var connectors = tenant.directory().connectors();
        Connector known =
                connectors.find(id).orElseGet(() -> connectors.all().iterator().next());
        var changed = new Connector(
                id,
                body.textOr("name", known.name()),
                body.listOr("domains", known.domains()),
                body.textOr("issuer", known.issuer()),
                body.textOr("clientId", known.clientId()),
                body.has("clientSecret") ? new Secret(body.text("clientSecret")) : known.clientSecret(),
                body.textOr("scope", known.scope()),
                body.flagOr("syncProfile", known.syncProfile()),
                body.flagOr("trustUnverifiedEmail", known.trustUnverifiedEmail()));
        connectors.put(changed);
        return Response.json(200, view(changed));
    }

    private static Map<String, Object> view(Connector connector) {
        var view = new LinkedHashMap<String, Object>();
        view.put("id", connector.id());
        view.put("name", connector.name());
        view.put("domains", connector.domains());
        view.put("issuer", connector.issuer());
        view.put("clientId", connector.clientId());
        view.put("scope", connector.scope());
        view.put("syncProfile", connector.syncProfile());
        view.put("trustUnverifiedEmail", connector.trustUnverifiedEmail());
        return view;
    }

    /** {@code emailVerified: null} leaves the claim out. */
    private Reply putAccount(Request request) {
        Body body = Body.of(request);
        String email = request.pathVariable("email");
        boolean silent =
                body.has("emailVerified") && body.value("emailVerified").isNull();
        okta.accounts()
                .put(new OktaAccount(
                        email,
                        body.textOr("name", email),
                        body.listOr("groups", List.of("Everyone")),
                        silent ? null : body.flagOr("emailVerified", true)));
        return Response.empty(204);
    }

    private Reply endOktaSessions() {
        okta.endSessions();
        return Response.empty(204);
    }
}
