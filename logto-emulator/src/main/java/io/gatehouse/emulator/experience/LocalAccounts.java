package io.gatehouse.emulator.experience;

import io.gatehouse.emulator.authorize.Interaction;
import io.gatehouse.emulator.directory.Credentials;
import io.gatehouse.emulator.directory.Person;
import io.gatehouse.emulator.directory.Secret;
import io.gatehouse.emulator.directory.User;
import io.gatehouse.emulator.http.Request;
import io.gatehouse.emulator.http.Response;
import io.gatehouse.emulator.session.Tenant;
import io.gatehouse.emulator.webhook.InteractionEvents;
import java.util.regex.Pattern;

/** Signing in, signing up and resetting with a password. */
final class LocalAccounts {

    private static final Pattern USERNAME = Pattern.compile("[A-Za-z_]\\w*");
    private static final Pattern ADDRESS = Pattern.compile("[^\\s@]+@[^\\s@]+\\.[^\\s@]+");
    private static final int SHORTEST_PASSWORD = 8;

    private final Tenant tenant;
    private final SignIns signIns;
    private final InteractionEvents events;

    LocalAccounts(Tenant tenant, SignIns signIns, InteractionEvents events) {
        this.tenant = tenant;
        this.signIns = signIns;
        this.events = events;
    }

    /** @throws RejectedForm with what the person should read */
    Response submit(Screen screen, Request request, Interaction interaction, String identifier, String password) {
        return switch (screen) {
            case SIGN_IN, IDENTIFIER_SIGN_IN -> signIn(request, interaction, identifier, password);
            case REGISTER, IDENTIFIER_REGISTER -> register(request, interaction, identifier, password);
            case RESET_PASSWORD -> reset(request, interaction, identifier, password);
            case SINGLE_SIGN_ON -> throw new RejectedForm("No enterprise connector is enabled for this address.");
        };
    }

    private Response signIn(Request request, Interaction interaction, String identifier, String password) {
        User user = tenant.directory()
                .userIdentifiedBy(identifier)
                .filter(it -> it.credentials().accepts(password))
                .orElseThrow(() -> new RejectedForm("Incorrect account or password. Please check your input."));
        return signIns.complete(request, interaction, user);
    }

    private Response register(Request request, Interaction interaction, String identifier, String password) {
        if (!tenant.directory().signInExperience().registration()) {
            throw new RejectedForm("Registration is not enabled.");
        }
        Credentials credentials = credentials(identifier, password);
        User user = User.create(
                tenant.identifiers().shortId(),
                credentials,
                Person.UNKNOWN,
                tenant.directory().defaultRoles(),
                tenant.clock().instant());
        tenant.directory().users().put(user);
        return signIns.completeNew(request, interaction, user);
    }

    private Credentials credentials(String identifier, String password) {
        boolean isAddress = ADDRESS.matcher(identifier).matches();
        if (!isAddress && !USERNAME.matcher(identifier).matches()) {
            throw new RejectedForm("Use an e-mail address, or a username of letters, digits and underscores.");
        }
        if (tenant.directory().userIdentifiedBy(identifier).isPresent()) {
            throw new RejectedForm(
                    isAddress
                            ? "This e-mail is associated with an existing account."
                            : "This username is already in use.");
        }
        Secret secret = acceptable(password);
        return isAddress
                ? new Credentials(null, identifier, null, secret)
                : new Credentials(identifier, null, null, secret);
    }

    /** No mail is sent, so no code is asked for: the new password counts at once. */
    private Response reset(Request request, Interaction interaction, String identifier, String password) {
        User user = tenant.directory()
                .userIdentifiedBy(identifier)
                .orElseThrow(() -> new RejectedForm("The account does not exist."));
        Secret chosen = acceptable(password);
        tenant.directory()
                .users()
                .update(
                        user.id(),
                        it -> it.withCredentials(
                                it.credentials().withPassword(chosen.value()),
                                tenant.clock().instant()))
                .ifPresent(it -> events.passwordReset(
                        request, interaction.uid(), interaction.request().client(), it));
        return signIns.fail(interaction, "Password changed. Sign in with the new one.");
    }

    private static Secret acceptable(String password) {
        if (password.length() < SHORTEST_PASSWORD) {
            throw new RejectedForm("Password must have a minimum of " + SHORTEST_PASSWORD + " characters.");
        }
        return new Secret(password);
    }
}
