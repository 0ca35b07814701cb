package io.gatehouse.emulator.experience;

import io.gatehouse.emulator.authorize.Interaction;
import io.gatehouse.emulator.authorize.Interactions;
import io.gatehouse.emulator.authorize.SsoAttempt;
import io.gatehouse.emulator.directory.Connector;
import io.gatehouse.emulator.http.Parameters;
import io.gatehouse.emulator.http.Reply;
import io.gatehouse.emulator.http.Request;
import io.gatehouse.emulator.http.Response;
import io.gatehouse.emulator.session.Tenant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/**
 * The way through an enterprise connector and back. What fails there ends on the sign-in page, never at the
 * application.
 */
final class EnterpriseSignIn {

    private static final String FAILED = "Failed to sign in with your enterprise account. Please try again.";

    private final Tenant tenant;
    private final Interactions interactions;
    private final SignIns signIns;
    private final EnterpriseAccounts accounts;
    private final UpstreamProvider upstream = new UpstreamProvider();

    EnterpriseSignIn(Tenant tenant, Interactions interactions, SignIns signIns) {
        this.tenant = tenant;
        this.interactions = interactions;
        this.signIns = signIns;
        this.accounts = new EnterpriseAccounts(tenant);
    }

    /** {@code /direct/sso/<id>}: straight to the provider, or to the sign-in page if nobody knows the connector. */
    Reply direct(Request request) {
        Optional<Interaction> interaction = interactions.of(request);
        if (interaction.isEmpty()) {
            return LostPages.redirect(tenant.directory());
        }
        return tenant.directory()
                .connectors()
                .find(request.pathVariable("id"))
                .map(it -> start(interaction.get(), it))
                .orElseGet(() -> fallBack(request));
    }

    Response start(Interaction interaction, Connector connector) {
        var attempt = new SsoAttempt(
                connector.id(),
                tenant.identifiers().secret(),
                tenant.identifiers().secret());
        try {
            String url = upstream.authorizationUrl(connector, attempt, callbackOf(connector));
            interactions.save(interaction.withAttempt(attempt));
            return Response.redirect(303, url);
        } catch (UpstreamFailure _) {
            return signIns.fail(interaction, FAILED);
        }
    }

    /** {@code /callback/<id>}: the provider's answer. */
    Reply callback(Request request) {
        Optional<Interaction> found = interactions.of(request);
        if (found.isEmpty()) {
            return LostPages.sessionNotFound();
        }
        Interaction interaction = found.get();
        SsoAttempt attempt = interaction.attempt();
        Optional<String> code = request.query().first("code");
        boolean matches = attempt != null
                && attempt.connectorId().equals(request.pathVariable("id"))
                && request.query()
                        .first("state")
                        .filter(attempt.state()::equals)
                        .isPresent();
        return attempt != null && matches && code.isPresent()
                ? finish(request, interaction, attempt, code.get())
                : signIns.fail(interaction, FAILED);
    }

    private Response finish(Request request, Interaction interaction, SsoAttempt attempt, String code) {
        Connector connector =
                tenant.directory().connectors().find(attempt.connectorId()).orElseThrow();
        try {
            var profile = SsoProfile.of(
                    upstream.profile(connector, attempt, code, callbackOf(connector)),
                    connector.trustUnverifiedEmail());
            return accounts.known(connector, profile)
                    .map(it -> signIns.complete(request, interaction, it))
                    .or(() -> accounts.create(connector, profile)
                            .map(it -> signIns.completeNew(request, interaction, it)))
                    .orElseGet(() -> signIns.fail(
                            interaction, "The enterprise account does not exist. Contact your administrator."));
        } catch (UpstreamFailure _) {
            return signIns.fail(interaction, FAILED);
        }
    }

    private String callbackOf(Connector connector) {
        return tenant.endpoint() + "/callback/" + connector.id();
    }

    /** To the page that {@code fallback} names, which is one of ours. Also the answer for connectors of other kinds. */
    Response fallBack(Request request) {
        var query = new LinkedHashMap<String, String>();
        for (String name : List.of("app_id", "login_hint")) {
            request.query().first(name).ifPresent(it -> query.put(name, it));
        }
        Screen screen = request.query()
                .first("fallback")
                .flatMap(it -> Screen.at("/" + it))
                .orElse(Screen.SIGN_IN);
        return Response.redirect(303, screen.path() + "?" + Parameters.encode(query));
    }
}
