package io.gatehouse.emulator.experience;

import io.gatehouse.emulator.directory.Connector;
import io.gatehouse.emulator.directory.Credentials;
import io.gatehouse.emulator.directory.Organization;
import io.gatehouse.emulator.directory.Person;
import io.gatehouse.emulator.directory.SsoIdentity;
import io.gatehouse.emulator.directory.User;
import io.gatehouse.emulator.session.Tenant;
import java.util.Optional;
import java.util.Set;

/** Whose account somebody from an enterprise provider gets. */
final class EnterpriseAccounts {

    private final Tenant tenant;

    EnterpriseAccounts(Tenant tenant) {
        this.tenant = tenant;
    }

    /** The account linked before, or the one with the same verified address, which is linked from now on. */
    Optional<User> known(Connector connector, SsoProfile profile) {
        SsoIdentity identity = identity(connector, profile);
        return tenant.directory().users().all().stream()
                .filter(it -> it.ssoIdentities().stream().anyMatch(identity::isSameAs))
                .findFirst()
                .or(() -> Optional.ofNullable(profile.email()).flatMap(tenant.directory()::userIdentifiedBy))
                .flatMap(it -> tenant.directory().users().update(it.id(), user -> sync(connector, profile, user)));
    }

    /** A new account, with default roles and organizations; empty if nobody new is let in. */
    Optional<User> create(Connector connector, SsoProfile profile) {
        if (!tenant.directory().signInExperience().registration()) {
            return Optional.empty();
        }
        User user = User.create(
                        tenant.identifiers().shortId(),
                        new Credentials(null, profile.email(), null, null),
                        Person.named(profile.name(), profile.avatar()),
                        tenant.directory().defaultRoles(),
                        tenant.clock().instant())
                .withSsoIdentity(identity(connector, profile));
        tenant.directory().users().put(user);
        tenant.directory().organizations().all().forEach(it -> join(it, connector, user));
        return Optional.of(user);
    }

    private void join(Organization organization, Connector connector, User user) {
        Set<String> roles = organization.jitRoles().get(connector.id());
        if (roles != null) {
            tenant.directory().organizations().update(organization.id(), it -> it.withMember(user.id(), roles));
        }
    }

    /** Name and avatar follow the provider if the connector says so; the address never does. */
    private User sync(Connector connector, SsoProfile profile, User user) {
        User linked = user.withSsoIdentity(identity(connector, profile));
        if (!connector.syncProfile()) {
            return linked;
        }
        var known = user.person();
        var person = new Person(
                profile.name() == null ? known.name() : profile.name(),
                profile.avatar() == null ? known.avatar() : profile.avatar(),
                known.profile(),
                known.customData());
        return linked.withPerson(person, tenant.clock().instant());
    }

    private static SsoIdentity identity(Connector connector, SsoProfile profile) {
        return new SsoIdentity(connector.issuer(), profile.id(), profile.detail());
    }
}
