package io.gatehouse.emulator.authorize;

import io.gatehouse.emulator.http.Header;
import io.gatehouse.emulator.http.Json;
import io.gatehouse.emulator.http.Request;
import io.gatehouse.emulator.http.SetCookie;
import io.gatehouse.emulator.session.BrowserSession;
import io.gatehouse.emulator.session.BrowserSessions;
import io.gatehouse.emulator.session.Tenant;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** The cookies Logto sets: host-only, signed, two of them raw JSON. */
public final class LogtoCookies {

    private static final String SESSION = "_session";
    private static final String INTERACTION = "_interaction";
    private static final String RESUME = "_interaction_resume";
    private static final String EXPERIENCE = "_logto";

    /** Beside the client's own entry: what a page without {@code app_id} falls back to. */
    private static final String ANY_CLIENT = "_legacy";

    private final BrowserSessions sessions;
    private final CookieSigner signer;

    public LogtoCookies(Tenant tenant) {
        this.sessions = tenant.sessions();
        this.signer = new CookieSigner(tenant.identifiers().secret());
    }

    /** The browser's live session. */
    public Optional<BrowserSession> session(Request request) {
        return signer.read(request, SESSION).flatMap(sessions::findByCookie);
    }

    /** Also prolongs it in the browser: the session slides. */
    public List<Header> session(BrowserSession session) {
        return signer.write(new SetCookie(SESSION, session.cookie(), "/", session.expiresAt(), true));
    }

    public List<Header> sessionEnded() {
        return signer.write(SetCookie.expired(SESSION, "/"));
    }

    /**
     * The one interaction this browser has for the client; a later authorization request took an earlier one's place.
     */
    public Optional<String> interaction(Request request, String clientId) {
        Map<String, String> all = interactions(request);
        return Optional.ofNullable(all.getOrDefault(clientId, all.get(ANY_CLIENT)));
    }

    Optional<String> resumed(Request request) {
        return signer.read(request, RESUME);
    }

    List<Header> interaction(Request request, Interaction interaction, String resumePath) {
        var all = interactions(request);
        all.put(interaction.clientId(), interaction.uid());
        all.put(ANY_CLIENT, interaction.uid());
        Instant end = interaction.expiresAt();
        return Stream.of(
                        signer.write(new SetCookie(INTERACTION, Json.write(all), "/", end, true)),
                        signer.write(new SetCookie(RESUME, interaction.uid(), resumePath, end, true)),
                        signer.write(new SetCookie(EXPERIENCE, experience(interaction), "/", null, false)))
                .flatMap(List::stream)
                .toList();
    }

    List<Header> resumeEnded(String resumePath) {
        return signer.write(SetCookie.expired(RESUME, resumePath));
    }

    private Map<String, String> interactions(Request request) {
        var all = new LinkedHashMap<String, String>();
        signer.read(request, INTERACTION)
                .flatMap(Json::readObject)
                .map(JsonNode::properties)
                .ifPresent(it -> it.forEach(
                        entry -> all.put(entry.getKey(), entry.getValue().asString())));
        return all;
    }

    private static String experience(Interaction interaction) {
        var shown = new LinkedHashMap<String, String>();
        shown.put("appId", interaction.clientId());
        LoginUrl.experience(interaction.request().parameters())
                .first("organization_id")
                .ifPresent(it -> shown.put("organizationId", it));
        LoginUrl.experience(interaction.request().parameters())
                .first("ui_locales")
                .ifPresent(it -> shown.put("uiLocales", it));
        return Json.write(shown);
    }
}
