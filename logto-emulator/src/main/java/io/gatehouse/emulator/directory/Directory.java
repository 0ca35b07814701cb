package io.gatehouse.emulator.directory;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;

/** Everything an administrator of Logto could list. */
public final class Directory {

    private final Table<User> users = new Table<>(User::id);
    private final Table<Role> roles = new Table<>(Role::name);
    private final Table<ApiResource> resources = new Table<>(ApiResource::indicator);
    private final Table<Organization> organizations = new Table<>(Organization::id);
    private final Table<OrganizationRole> organizationRoles = new Table<>(OrganizationRole::name);
    private final Table<Application> applications = new Table<>(Application::id);
    private final Table<Connector> connectors = new Table<>(Connector::id);
    private final AtomicReference<SignInExperience> signInExperience;

    public Directory(SignInExperience signInExperience) {
        this.signInExperience = new AtomicReference<>(signInExperience);
    }

    public Table<User> users() {
        return users;
    }

    public Table<Role> roles() {
        return roles;
    }

    /** By indicator. */
    public Table<ApiResource> resources() {
        return resources;
    }

    public Table<Organization> organizations() {
        return organizations;
    }

    public Table<OrganizationRole> organizationRoles() {
        return organizationRoles;
    }

    public Table<Application> applications() {
        return applications;
    }

    public Table<Connector> connectors() {
        return connectors;
    }

    public SignInExperience signInExperience() {
        return signInExperience.get();
    }

    public void changeSignInExperience(SignInExperience changed) {
        signInExperience.set(changed);
    }

    /** By username or e-mail address. */
    public Optional<User> userIdentifiedBy(String identifier) {
        return users.all().stream()
                .filter(it -> it.credentials().isIdentifiedBy(identifier))
                .findFirst();
    }

    /** Somebody who may still hold tokens: not deleted, not suspended. */
    public Optional<User> activeUser(String id) {
        return users.find(id).filter(it -> !it.isSuspended());
    }

    public Optional<Connector> connectorClaiming(String identifier) {
        return connectors.all().stream().filter(it -> it.claims(identifier)).findFirst();
    }

    public List<Organization> organizationsOf(User user) {
        return organizations.all().stream()
                .filter(it -> it.hasMember(user.id()))
                .toList();
    }

    public Set<String> defaultRoles() {
        return roles.all().stream().filter(Role::isDefault).map(Role::name).collect(Collectors.toSet());
    }

    /**
     * The scopes of a resource that a user has through roles and, in every organization, through organization roles;
     * for Logto's reserved organization resource all organization scopes there are.
     */
    public Set<String> scopesOf(User user, String indicator) {
        var scopes = rolesScopes(user.roles(), indicator);
        organizationsOf(user).forEach(it -> scopes.addAll(scopesIn(it, user, indicator)));
        if (indicator.equals(ApiResource.ORGANIZATIONS)) {
            organizationRoles.all().forEach(it -> scopes.addAll(it.scopes()));
        }
        return scopes;
    }

    /** The scopes of a resource that a user has through roles in one organization. */
    public Set<String> scopesIn(Organization organization, User user, String indicator) {
        return organizationRolesOf(organization, user).stream()
                .flatMap(it -> it.scopesOf(indicator).stream())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** The organization scopes that a user has in one organization. */
    public Set<String> organizationScopes(Organization organization, User user) {
        return organizationRolesOf(organization, user).stream()
                .flatMap(it -> it.scopes().stream())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** The scopes of a resource that a machine-to-machine application has through roles. */
    public Set<String> scopesOf(Application application, String indicator) {
        return rolesScopes(application.roles(), indicator);
    }

    private Set<String> rolesScopes(Collection<String> names, String indicator) {
        return names.stream()
                .flatMap(it -> roles.find(it).stream())
                .flatMap(it -> it.scopesOf(indicator).stream())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private List<OrganizationRole> organizationRolesOf(Organization organization, User user) {
        return organization.rolesOf(user.id()).stream()
                .flatMap(it -> organizationRoles.find(it).stream())
                .toList();
    }
}
