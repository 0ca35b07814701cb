package io.gatehouse.emulator.webhook;

import io.gatehouse.emulator.directory.Application;
import io.gatehouse.emulator.directory.User;
import io.gatehouse.emulator.http.Request;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The events of people at the sign-in pages. */
public final class InteractionEvents {

    private final Webhooks webhooks;

    public InteractionEvents(Webhooks webhooks) {
        this.webhooks = webhooks;
    }

    public void signedIn(Request request, String interaction, Application application, User user) {
        fire("PostSignIn", "SignIn", request, interaction, application, user);
    }

    public void registered(Request request, String interaction, Application application, User user) {
        webhooks.fire("User.Created", Map.of("data", UserView.of(user)));
        fire("PostRegister", "Register", request, interaction, application, user);
    }

    public void passwordReset(Request request, String interaction, Application application, User user) {
        fire("PostResetPassword", "ForgotPassword", request, interaction, application, user);
        webhooks.fire("User.Data.Updated", Map.of("data", UserView.of(user)));
    }

    private void fire(
            String event, String kind, Request request, String interaction, Application application, User user) {
        var details = new LinkedHashMap<String, @Nullable Object>();
        details.put("interactionEvent", kind);
        details.put("sessionId", interaction);
        details.put("userAgent", request.header("user-agent").orElse(""));
        details.put("userId", user.id());
        details.put("userIp", request.remoteAddress());
        details.put("user", UserView.of(user));
        details.put("application", application(application));
        webhooks.fire(event, details);
    }

    private static Map<String, Object> application(Application application) {
        var view = new LinkedHashMap<String, Object>();
        view.put("id", application.id());
        view.put("type", application.type().label());
        view.put("name", application.name());
        view.put("description", application.description());
        return view;
    }
}
