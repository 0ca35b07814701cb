package io.gatehouse.emulator.experience;

import io.gatehouse.emulator.authorize.Interaction;
import io.gatehouse.emulator.authorize.Interactions;
import io.gatehouse.emulator.directory.User;
import io.gatehouse.emulator.http.Parameters;
import io.gatehouse.emulator.http.Request;
import io.gatehouse.emulator.http.Response;
import io.gatehouse.emulator.session.Tenant;
import io.gatehouse.emulator.webhook.InteractionEvents;
import java.util.Map;

/** The end of every way to sign in, and the way back to the sign-in page when one fails. */
final class SignIns {

    private final Tenant tenant;
    private final Interactions interactions;
    private final InteractionEvents events;

    SignIns(Tenant tenant, Interactions interactions, InteractionEvents events) {
        this.tenant = tenant;
        this.interactions = interactions;
        this.events = events;
    }

    /** Somebody known has proven to be who they are. */
    Response complete(Request request, Interaction interaction, User user) {
        if (user.isSuspended()) {
            return Response.redirect(303, "/account-suspended");
        }
        User signedIn = touch(user);
        events.signedIn(request, interaction.uid(), interaction.request().client(), signedIn);
        return interactions.loggedIn(interaction, user.id());
    }

    /** Somebody new has just been created. */
    Response completeNew(Request request, Interaction interaction, User user) {
        User signedIn = touch(user);
        events.registered(request, interaction.uid(), interaction.request().client(), signedIn);
        return interactions.loggedIn(interaction, user.id());
    }

    /** Back to the sign-in page, which says once what went wrong. The application never hears of it. */
    Response fail(Interaction interaction, String notice) {
        interactions.save(interaction.withNotice(notice));
        return Response.redirect(
                303, Screen.SIGN_IN.path() + "?" + Parameters.encode(Map.of("app_id", interaction.clientId())));
    }

    private User touch(User user) {
        return tenant.directory()
                .users()
                .update(user.id(), it -> it.signedInAt(tenant.clock().instant()))
                .orElse(user);
    }
}
