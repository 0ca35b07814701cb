package io.gatehouse.emulator;

import io.gatehouse.emulator.directory.ApiResource;
import io.gatehouse.emulator.directory.Application;
import io.gatehouse.emulator.directory.ApplicationType;
import io.gatehouse.emulator.directory.Connector;
import io.gatehouse.emulator.directory.Credentials;
import io.gatehouse.emulator.directory.Directory;
import io.gatehouse.emulator.directory.Organization;
import io.gatehouse.emulator.directory.OrganizationRole;
import io.gatehouse.emulator.directory.Person;
import io.gatehouse.emulator.directory.Role;
import io.gatehouse.emulator.directory.Secret;
import io.gatehouse.emulator.directory.SignInExperience;
import io.gatehouse.emulator.directory.User;
import io.gatehouse.emulator.okta.OktaClient;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The bookstore: what exists when the emulator starts, and again after every reset. */
final class DemoBookstore {

    static final String CONNECTOR_ID = "acmeoktaconnector0001";

    private static final String ALICE = "9xdtcxqv0uke";
    private static final String BOB = "3dq2x6hlhmfn";
    private static final String BOOKSTORE_API = "https://api.bookstore.local";
    private static final Set<String> API_SCOPES = new LinkedHashSet<>(List.of("read:books", "write:books"));

    private DemoBookstore() {}

    static Directory create(EmulatorOptions options, String oktaIssuer, OktaClient oktaClient, Instant now) {
        var directory = new Directory(
                new SignInExperience(true, options.unknownSessionRedirectUrl(), SignInExperience.DEFAULT_CLAIMS));
        directory.applications().put(application(options));
        directory.resources().put(api());
        directory.roles().put(bookseller());
        directory.organizationRoles().put(new OrganizationRole("editor", Set.of("manage:shelf"), Map.of()));
        directory.organizations().put(publisher());
        directory.users().put(alice(now));
        directory.users().put(bob(now));
        directory.connectors().put(connector(oktaIssuer, oktaClient));
        return directory;
    }

    private static Application application(EmulatorOptions options) {
        return new Application(
                options.appId(),
                "Bookstore",
                "Bookstore gateway",
                ApplicationType.TRADITIONAL,
                Map.of("Default secret", options.appSecret()),
                options.redirects(),
                options.tokenPolicy(),
                false,
                Set.of(),
                null);
    }

    private static ApiResource api() {
        return new ApiResource("bookstoreapi000000001", "Bookstore API", BOOKSTORE_API, API_SCOPES, null);
    }

    private static Role bookseller() {
        return new Role("bookseller00000000001", "bookseller", Map.of(BOOKSTORE_API, API_SCOPES), false);
    }

    private static Organization publisher() {
        var members = Map.of(ALICE, Set.of("editor"));
        return new Organization("acmebooks001", "Acme Books", "Publisher of the demo", members, Map.of());
    }

    private static User alice(Instant now) {
        var profile = Map.<String, Object>of(
                "family_name", "Liddell", "given_name", "Alice", "zoneinfo", "Europe/London", "locale", "en-GB");
        return User.create(
                ALICE,
                new Credentials("alice", "alice@bookstore.test", null, new Secret("Wonderland-42!")),
                new Person("Alice Liddell", null, profile, Map.of()),
                Set.of("bookseller"),
                now);
    }

    private static User bob(Instant now) {
        return User.create(
                BOB,
                new Credentials("bob", null, null, new Secret("Builder-42!!")),
                Person.named("Bob", null),
                Set.of(),
                now);
    }

    private static Connector connector(String issuer, OktaClient client) {
        return new Connector(
                CONNECTOR_ID,
                "acme-okta",
                List.of("acme.test"),
                issuer,
                client.id(),
                client.secret(),
                "openid profile email groups",
                true,
                false);
    }
}
