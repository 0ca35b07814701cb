package io.gatehouse.emulator.authorize;

import io.gatehouse.emulator.page.FormPost;
import io.gatehouse.emulator.session.Tenant;
import java.util.List;
import java.util.Map;

/** The page that confirms a logout in the user's name, at the end-session endpoint. */
public final class ConfirmationPage {

    private ConfirmationPage() {}

    /** The page for the pending logout with this secret. */
    public static String of(Tenant tenant, String secret) {
        return FormPost.page(
                tenant.issuer() + "/session/end/confirm",
                List.of(Map.entry("xsrf", secret), Map.entry("logout", "yes")));
    }
}
