package io.gatehouse.emulator.control;

import io.gatehouse.emulator.directory.Application;
import io.gatehouse.emulator.directory.ApplicationType;
import io.gatehouse.emulator.directory.Redirects;
import io.gatehouse.emulator.directory.Secret;
import io.gatehouse.emulator.directory.TokenPolicy;
import io.gatehouse.emulator.http.Reply;
import io.gatehouse.emulator.http.Request;
import io.gatehouse.emulator.http.Response;
import io.gatehouse.emulator.http.Routes;
import io.gatehouse.emulator.session.Tenant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Applications and their secrets. */
final class ApplicationControl {

    private final Tenant tenant;

    ApplicationControl(Tenant tenant) {
        this.tenant = tenant;
    }

    void addTo(Routes routes) {
        routes.get(
                        "/control/applications",
                        _ -> Response.json(
                                200,
                                tenant.directory().applications().all().stream()
                                        .map(ApplicationControl::view)
                                        .toList()))
                .post("/control/applications", this::create)
                .on("PATCH", "/control/applications/{application}", this::change)
                .on("PUT", "/control/applications/{application}/secrets/{name}", this::putSecret)
                .on("DELETE", "/control/applications/{application}/secrets/{name}", this::deleteSecret);
    }

    private Reply create(Request request) {
        Body body = Body.of(request);
        var application = new Application(
                body.textOr("id", tenant.identifiers().longId()),
                body.textOr("name", "Application"),
                body.textOr("description", ""),
                ApplicationType.of(body.textOr("type", "Traditional"))
                        .orElseThrow(() -> new BadRequest("type must be Traditional or MachineToMachine")),
                Map.of("Default secret", new Secret(body.text("secret"))),
                Redirects.NONE,
                TokenPolicy.DEFAULT,
                false,
                body.setOr("roles", Set.of()),
                null);
        Application complete = changed(application, body);
        tenant.directory().applications().put(complete);
        return Response.json(201, view(complete));
    }

    /** Only what is named changes. */
    private Reply change(Request request) {
        Body body = Body.of(request);
        return updated(request, it -> changed(it, body));
    }

    private Reply putSecret(Request request) {
        var secret = new Secret(Body.of(request).text("value"));
        return updated(request, it -> it.withSecret(request.pathVariable("name"), secret));
    }

    private Reply deleteSecret(Request request) {
        return updated(request, it -> it.withoutSecret(request.pathVariable("name")));
    }

    private Reply updated(Request request, UnaryOperator<Application> change) {
        String id = request.pathVariable("application");
        return tenant.directory()
                .applications()
                .update(id, change)
                .map(it -> Response.json(200, view(it)))
                .orElseThrow(() -> new NotThere("application " + id));
    }

    private static Application changed(Application application, Body body) {
        Redirects redirects = application.redirects();
        TokenPolicy policy = application.tokenPolicy();
        return application
                .withRedirects(new Redirects(
                        body.listOr("redirectUris", redirects.redirectUris()),
                        body.listOr("postLogoutRedirectUris", redirects.postLogoutRedirectUris()),
                        body.nullableOr("backchannelLogoutUri", redirects.backchannelLogoutUri()),
                        body.flagOr("backchannelLogoutSessionRequired", redirects.backchannelLogoutSessionRequired())))
                .withTokenPolicy(new TokenPolicy(
                        body.flagOr("alwaysIssueRefreshToken", policy.alwaysIssueRefreshToken()),
                        body.flagOr("rotateRefreshToken", policy.rotateRefreshToken()),
                        body.durationOr("refreshTokenTtl", policy.refreshTokenTtl()),
                        body.durationOr("idTokenTtl", policy.idTokenTtl())))
                .withAudience(body.flagOr("isThirdParty", application.isThirdParty()), allowedUsers(application, body));
    }

    private static @Nullable Set<String> allowedUsers(Application application, Body body) {
        if (!body.has("allowedUsers")) {
            return application.allowedUsers();
        }
        return body.value("allowedUsers").isNull() ? null : body.setOr("allowedUsers", Set.of());
    }

    /** Secrets by name only. */
    private static Map<String, @Nullable Object> view(Application application) {
        var view = new LinkedHashMap<String, @Nullable Object>();
        view.put("id", application.id());
        view.put("name", application.name());
        view.put("type", application.type().label());
        view.put("secrets", application.secrets().keySet());
        view.put("redirectUris", application.redirects().redirectUris());
        view.put("postLogoutRedirectUris", application.redirects().postLogoutRedirectUris());
        view.put("backchannelLogoutUri", application.redirects().backchannelLogoutUri());
        view.put("backchannelLogoutSessionRequired", application.redirects().backchannelLogoutSessionRequired());
        view.put("alwaysIssueRefreshToken", application.tokenPolicy().alwaysIssueRefreshToken());
        view.put("rotateRefreshToken", application.tokenPolicy().rotateRefreshToken());
        view.put("isThirdParty", application.isThirdParty());
        view.put("allowedUsers", application.allowedUsers());
        return view;
    }
}
