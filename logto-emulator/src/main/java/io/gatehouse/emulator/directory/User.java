package io.gatehouse.emulator.directory;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who can sign in.
 *
 * @param id the {@code sub} of every token, 12 characters
 * @param roles names of roles
 * @param applicationId the first application the user consented to, as webhooks show it
 */
public record User(
        String id,
        Credentials credentials,
        Person person,
        Set<String> roles,
        List<SsoIdentity> ssoIdentities,
        @Nullable String applicationId,
        boolean isSuspended,
        Timestamps timestamps) {

    public static User create(String id, Credentials credentials, Person person, Set<String> roles, Instant now) {
        return new User(id, credentials, person, roles, List.of(), null, false, Timestamps.createdAt(now));
    }

    public User withCredentials(Credentials changed, Instant now) {
        return new User(
                id, changed, person, roles, ssoIdentities, applicationId, isSuspended, timestamps.changedAt(now));
    }

    public User withPerson(Person changed, Instant now) {
        return new User(
                id, credentials, changed, roles, ssoIdentities, applicationId, isSuspended, timestamps.changedAt(now));
    }

    public User withRoles(Set<String> changed) {
        return new User(id, credentials, person, changed, ssoIdentities, applicationId, isSuspended, timestamps);
    }

    /** Adds the identity, or replaces what was known of it. */
    public User withSsoIdentity(SsoIdentity identity) {
        List<SsoIdentity> others =
                ssoIdentities.stream().filter(it -> !it.isSameAs(identity)).toList();
        List<SsoIdentity> all =
                Stream.concat(others.stream(), Stream.of(identity)).toList();
        return new User(id, credentials, person, roles, all, applicationId, isSuspended, timestamps);
    }

    public User withFirstApplication(String application) {
        String first = applicationId == null ? application : applicationId;
        return new User(id, credentials, person, roles, ssoIdentities, first, isSuspended, timestamps);
    }

    public User withSuspended(boolean suspended, Instant now) {
        return new User(
                id, credentials, person, roles, ssoIdentities, applicationId, suspended, timestamps.changedAt(now));
    }

    public User signedInAt(Instant now) {
        return new User(
                id, credentials, person, roles, ssoIdentities, applicationId, isSuspended, timestamps.signedInAt(now));
    }
}
