package io.gatehouse.emulator.token;

import io.gatehouse.emulator.directory.Application;
import io.gatehouse.emulator.directory.User;
import io.gatehouse.emulator.http.Parameters;
import io.gatehouse.emulator.problem.OidcProblem;
import io.gatehouse.emulator.session.Grant;
import io.gatehouse.emulator.session.Tenant;
import io.gatehouse.emulator.session.TokenSource;
import java.util.Set;

/**
 * A good code or refresh token being exchanged: by which application, and for whom.
 *
 * @param scopes those asked for, or all of the source's
 */
record TokenRequest(
        Application client, Parameters form, TokenSource source, Set<String> scopes, Grant grant, User user) {

    /** @throws OidcProblem {@code invalid_grant} if the grant has ended, or the user is gone or suspended */
    static TokenRequest of(Tenant tenant, Application client, Parameters form, TokenSource source, Set<String> scopes) {
        Grant grant = tenant.grants().find(source.grantId()).orElseThrow(OidcProblem::invalidGrant);
        User user = tenant.directory().activeUser(source.accountId()).orElseThrow(OidcProblem::invalidGrant);
        return new TokenRequest(client, form, source, scopes, grant, user);
    }

    String grantType() {
        return form.first("grant_type").orElse("");
    }
}
