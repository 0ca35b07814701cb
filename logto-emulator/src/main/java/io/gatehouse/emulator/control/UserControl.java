package io.gatehouse.emulator.control;

import io.gatehouse.emulator.directory.Credentials;
import io.gatehouse.emulator.directory.Organization;
import io.gatehouse.emulator.directory.Person;
import io.gatehouse.emulator.directory.Secret;
import io.gatehouse.emulator.directory.User;
import io.gatehouse.emulator.http.Json;
import io.gatehouse.emulator.http.Reply;
import io.gatehouse.emulator.http.Request;
import io.gatehouse.emulator.http.Response;
import io.gatehouse.emulator.http.Routes;
import io.gatehouse.emulator.session.Tenant;
import io.gatehouse.emulator.webhook.AdministrationEvents;
import io.gatehouse.emulator.webhook.UserView;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Users, as an administrator of Logto changes them. */
final class UserControl {

    private final Tenant tenant;
    private final AdministrationEvents events;

    UserControl(Tenant tenant, AdministrationEvents events) {
        this.tenant = tenant;
        this.events = events;
    }

    void addTo(Routes routes) {
        routes.get("/control/users", _ -> list())
                .post("/control/users", this::create)
                .get("/control/users/{user}", it -> Response.json(200, view(find(it))))
                .on("PATCH", "/control/users/{user}", this::change)
                .on("PATCH", "/control/users/{user}/is-suspended", this::suspend)
                .on("DELETE", "/control/users/{user}", this::delete);
    }

    /** By id, username or e-mail address. */
    User find(Request request) {
        String key = request.pathVariable("user");
        return tenant.directory()
                .users()
                .find(key)
                .or(() -> tenant.directory().userIdentifiedBy(key))
                .orElseThrow(() -> new NotThere("user " + key));
    }

    private Reply list() {
        return Response.json(
                200, tenant.directory().users().all().stream().map(this::view).toList());
    }

    private Reply create(Request request) {
        Body body = Body.of(request);
        var blank = User.create(
                tenant.identifiers().shortId(),
                new Credentials(null, null, null, null),
                Person.UNKNOWN,
                body.setOr("roles", tenant.directory().defaultRoles()),
                tenant.clock().instant());
        User user = changed(blank, body);
        refuseDuplicate(user);
        tenant.directory().users().put(user);
        events.userCreated(user);
        return Response.json(201, view(user));
    }

    /** A changed password revokes nothing. */
    private Reply change(Request request) {
        Body body = Body.of(request);
        User changed = tenant.directory()
                .users()
                .update(find(request).id(), it -> changed(it, body))
                .orElseThrow();
        events.userChanged(changed);
        return Response.json(200, view(changed));
    }

    /** Sessions and tokens end at once and do not come back; JWTs live on. */
    private Reply suspend(Request request) {
        boolean suspended = Body.of(request).flagOr("isSuspended", true);
        User changed = tenant.directory()
                .users()
                .update(
                        find(request).id(),
                        it -> it.withSuspended(suspended, tenant.clock().instant()))
                .orElseThrow();
        if (suspended) {
            endEverythingOf(changed);
        }
        events.userSuspensionChanged(changed);
        return Response.json(200, view(changed));
    }

    private Reply delete(Request request) {
        User user = find(request);
        tenant.directory().users().remove(user.id());
        endEverythingOf(user);
        events.userDeleted(user);
        return Response.empty(204);
    }

    private void endEverythingOf(User user) {
        tenant.sessions().endAllOf(user.id());
        tenant.grants().revokeAllOf(user.id());
    }

    private User changed(User user, Body body) {
        var now = tenant.clock().instant();
        Credentials known = user.credentials();
        var credentials = new Credentials(
                body.nullableOr("username", known.username()),
                body.nullableOr("primaryEmail", known.primaryEmail()),
                body.nullableOr("primaryPhone", known.primaryPhone()),
                body.has("password") ? new Secret(body.text("password")) : known.password());
        Person person = user.person();
        return user.withCredentials(credentials, now)
                .withPerson(
                        new Person(
                                body.nullableOr("name", person.name()),
                                body.nullableOr("avatar", person.avatar()),
                                members(body, "profile", person.profile()),
                                members(body, "customData", person.customData())),
                        now)
                .withRoles(body.setOr("roles", user.roles()));
    }

    private static Map<String, Object> members(Body body, String name, Map<String, Object> known) {
        if (!body.has(name)) {
            return known;
        }
        var members = new LinkedHashMap<String, Object>();
        Json.members(body.member(name)).forEach((member, value) -> {
            if (value != null) {
                members.put(member, value);
            }
        });
        return members;
    }

    private void refuseDuplicate(User user) {
        String username = user.credentials().username();
        String email = user.credentials().primaryEmail();
        boolean taken = (username != null
                        && tenant.directory().userIdentifiedBy(username).isPresent())
                || (email != null && tenant.directory().userIdentifiedBy(email).isPresent());
        if (taken) {
            throw new BadRequest("username or e-mail address already in use");
        }
    }

    private Map<String, @Nullable Object> view(User user) {
        var view = UserView.of(user);
        view.put("roles", user.roles());
        view.put(
                "organizations",
                tenant.directory().organizationsOf(user).stream()
                        .map(Organization::id)
                        .toList());
        view.put("ssoIdentities", user.ssoIdentities());
        return view;
    }
}
