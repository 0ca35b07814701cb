package io.gatehouse.emulator.control;

import io.gatehouse.emulator.directory.ApiResource;
import io.gatehouse.emulator.directory.Organization;
import io.gatehouse.emulator.directory.OrganizationRole;
import io.gatehouse.emulator.directory.Role;
import io.gatehouse.emulator.http.Reply;
import io.gatehouse.emulator.http.Request;
import io.gatehouse.emulator.http.Response;
import io.gatehouse.emulator.http.Routes;
import io.gatehouse.emulator.session.Tenant;
import io.gatehouse.emulator.webhook.AdministrationEvents;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Roles, API resources and organizations. PUT makes or replaces. */
final class DirectoryControl {

    private final Tenant tenant;
    private final AdministrationEvents events;
    private final UserControl users;

    DirectoryControl(Tenant tenant, AdministrationEvents events, UserControl users) {
        this.tenant = tenant;
        this.events = events;
        this.users = users;
    }

    void addTo(Routes routes) {
        var directory = tenant.directory();
        routes.get("/control/roles", _ -> Response.json(200, directory.roles().all()))
                .on("PUT", "/control/roles/{name}", this::putRole)
                .on("DELETE", "/control/roles/{name}", this::deleteRole)
                .get("/control/resources", _ -> showResources())
                .post("/control/resources", this::putResource)
                .get(
                        "/control/organizations",
                        _ -> Response.json(200, directory.organizations().all()))
                .post("/control/organizations", this::createOrganization)
                .on("PATCH", "/control/organizations/{organization}", this::changeOrganization)
                .on("PUT", "/control/organizations/{organization}/users/{user}", this::putMember)
                .on("DELETE", "/control/organizations/{organization}/users/{user}", this::deleteMember)
                .on("PUT", "/control/organization-roles/{name}", this::putOrganizationRole);
    }

    private Reply putRole(Request request) {
        Body body = Body.of(request);
        String name = request.pathVariable("name");
        Optional<Role> before = tenant.directory().roles().find(name);
        Role known = before.orElseGet(() -> new Role(tenant.identifiers().longId(), name, Map.of(), false));
        Role role = new Role(
                known.id(), name, body.setsOr("scopes", known.scopes()), body.flagOr("isDefault", known.isDefault()));
        tenant.directory().roles().put(role);
        if (before.isEmpty()) {
            events.roleCreated(view(role));
        } else if (!role.scopes().equals(known.scopes())) {
            events.roleScopesChanged(role.id());
        } else {
            events.roleChanged(role.id(), view(role));
        }
        return Response.json(200, role);
    }

    private static Map<String, Object> view(Role role) {
        var view = new LinkedHashMap<String, Object>();
        view.put("id", role.id());
        view.put("name", role.name());
        view.put("type", "User");
        view.put("isDefault", role.isDefault());
        return view;
    }

    private Reply deleteRole(Request request) {
        String name = request.pathVariable("name");
        Role role = tenant.directory().roles().find(name).orElseThrow(() -> new NotThere("role " + name));
        tenant.directory().roles().remove(name);
        events.roleDeleted(role.id());
        return Response.empty(204);
    }

    private Reply showResources() {
        return Response.json(
                200,
                tenant.directory().resources().all().stream()
                        .map(DirectoryControl::view)
                        .toList());
    }

    /** By {@code indicator}, which is a URL and so no path segment. */
    private Reply putResource(Request request) {
        Body body = Body.of(request);
        String indicator = body.text("indicator");
        ApiResource known = tenant.directory()
                .resources()
                .find(indicator)
                .orElseGet(() -> new ApiResource(tenant.identifiers().longId(), indicator, indicator, Set.of(), null));
        var resource = new ApiResource(
                known.id(),
                body.textOr("name", known.name()),
                indicator,
                body.setOr("scopes", known.scopes()),
                body.durationOr("accessTokenTtl", known.accessTokenTtl()));
        tenant.directory().resources().put(resource);
        return Response.json(200, view(resource));
    }

    private static Map<String, @Nullable Object> view(ApiResource resource) {
        var view = new LinkedHashMap<String, @Nullable Object>();
        view.put("id", resource.id());
        view.put("name", resource.name());
        view.put("indicator", resource.indicator());
        view.put("scopes", resource.scopes());
        view.put("accessTokenTtl", resource.accessTokenTtl());
        return view;
    }

    private Reply createOrganization(Request request) {
        Body body = Body.of(request);
        var organization = new Organization(
                tenant.identifiers().shortId(),
                body.text("name"),
                body.textOr("description", ""),
                Map.of(),
                body.setsOr("jitRoles", Map.of()));
        tenant.directory().organizations().put(organization);
        return Response.json(201, organization);
    }

    private Reply changeOrganization(Request request) {
        Body body = Body.of(request);
        return Response.json(
                200,
                update(
                        request,
                        it -> new Organization(
                                it.id(),
                                body.textOr("name", it.name()),
                                body.textOr("description", it.description()),
                                it.members(),
                                body.setsOr("jitRoles", it.jitRoles()))));
    }

    private Reply putMember(Request request) {
        String user = users.find(request).id();
        Set<String> roles = Body.of(request).setOr("roles", Set.of());
        Organization changed = update(request, it -> it.withMember(user, roles));
        events.membershipChanged(changed.id(), List.of(user), List.of());
        return Response.json(200, changed);
    }

    private Reply deleteMember(Request request) {
        String user = users.find(request).id();
        Organization changed = update(request, it -> it.withoutMember(user));
        events.membershipChanged(changed.id(), List.of(), List.of(user));
        return Response.json(200, changed);
    }

    private Reply putOrganizationRole(Request request) {
        Body body = Body.of(request);
        var role = new OrganizationRole(
                request.pathVariable("name"), body.setOr("scopes", Set.of()), body.setsOr("resourceScopes", Map.of()));
        tenant.directory().organizationRoles().put(role);
        return Response.json(200, role);
    }

    private Organization update(Request request, UnaryOperator<Organization> change) {
        String id = request.pathVariable("organization");
        return tenant.directory()
                .organizations()
                .update(id, change)
                .orElseThrow(() -> new NotThere("organization " + id));
    }
}
