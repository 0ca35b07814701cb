package io.gatehouse.emulator.control;

import io.gatehouse.emulator.directory.Application;
import io.gatehouse.emulator.http.Reply;
import io.gatehouse.emulator.http.Request;
import io.gatehouse.emulator.http.Response;
import io.gatehouse.emulator.http.Routes;
import io.gatehouse.emulator.session.BrowserSession;
import io.gatehouse.emulator.session.ClientAuthorization;
import io.gatehouse.emulator.session.Tenant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A user's browser sessions. Ending one here tells nobody: Logto sends no back-channel logout for it. */
final class SessionControl {

    private final Tenant tenant;
    private final UserControl users;

    SessionControl(Tenant tenant, UserControl users) {
        this.tenant = tenant;
        this.users = users;
    }

    void addTo(Routes routes) {
        routes.get("/control/users/{user}/sessions", this::list)
                .get("/control/users/{user}/grants", this::grants)
                .on("DELETE", "/control/users/{user}/sessions/{session}", this::delete);
    }

    private Reply list(Request request) {
        var sessions = tenant.sessions().liveOf(users.find(request).id());
        return Response.json(
                200,
                Map.of("sessions", sessions.stream().map(SessionControl::view).toList()));
    }

    private Reply grants(Request request) {
        var grants = tenant.grants().of(users.find(request).id());
        return Response.json(
                200,
                Map.of(
                        "grants",
                        grants.stream()
                                .map(it -> Map.of("id", it.id(), "clientId", it.clientId()))
                                .toList()));
    }

    /** Tokens with {@code offline_access} live on unless {@code revokeGrantsTarget} says otherwise. */
    private Reply delete(Request request) {
        String user = users.find(request).id();
        String uid = request.pathVariable("session");
        BrowserSession session = tenant.sessions()
                .findByUid(uid)
                .filter(it -> it.belongsTo(user))
                .orElseThrow(() -> new NotThere("session " + uid));
        request.query().first("revokeGrantsTarget").ifPresent(target -> revoke(session, target));
        tenant.sessions().end(uid);
        return Response.empty(204);
    }

    private void revoke(BrowserSession session, String target) {
        if (!target.equals("all") && !target.equals("firstParty")) {
            throw new BadRequest("revokeGrantsTarget must be all or firstParty");
        }
        session.authorizations().forEach((clientId, authorization) -> {
            boolean thirdParty = tenant.directory()
                    .applications()
                    .find(clientId)
                    .filter(Application::isThirdParty)
                    .isPresent();
            if (authorization.grantId() != null && (target.equals("all") || !thirdParty)) {
                tenant.grants().revoke(authorization.grantId());
            }
        });
    }

    private static Map<String, @Nullable Object> view(BrowserSession session) {
        var authorizations = new LinkedHashMap<String, Object>();
        session.authorizations().forEach((client, it) -> authorizations.put(client, view(it)));
        var payload = new LinkedHashMap<String, @Nullable Object>();
        payload.put("uid", session.uid());
        payload.put("kind", "Session");
        payload.put("accountId", session.accountId());
        payload.put(
                "loginTs", session.loginAt() == null ? null : session.loginAt().getEpochSecond());
        payload.put("exp", session.expiresAt().getEpochSecond());
        payload.put("authorizations", authorizations);
        var view = new LinkedHashMap<String, @Nullable Object>();
        view.put("payload", payload);
        view.put("accountId", session.accountId());
        view.put("expiresAt", session.expiresAt().toEpochMilli());
        return view;
    }

    private static Map<String, @Nullable Object> view(ClientAuthorization authorization) {
        var view = new LinkedHashMap<String, @Nullable Object>();
        view.put("sid", authorization.sid());
        view.put("grantId", authorization.grantId());
        return view;
    }
}
