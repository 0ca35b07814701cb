package io.gatehouse.gateway.edge;

import java.util.List;
import java.util.regex.Pattern;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the gateway's own endpoints live: each a path below {@code gatehouse.base-path}.
 *
 * @param signIn starts an authorization request
 * @param callback receives the authorization response; {@code <public-url><base-path>/callback} is the redirect URI to
 *     register at the IdP
 * @param initiate sign-in initiated by a third party (OpenID Connect Core 1.0, section 4)
 * @param signOut signs out here and at the IdP
 * @param signedOut public page for people who have just signed out
 * @param session JSON about the session, for scripts
 * @param sessions a person's own sessions; {@code /end} below it ends some of them
 * @param form asks whether a form that was sent after its session had ended is to be sent now
 * @param organization by which a person goes on for another one of their organizations
 * @param backchannelLogout the IdP says that somebody has signed out there (OpenID Connect Back-Channel Logout 1.0);
 *     {@code <public-url><base-path>/backchannel-logout} is the URI to register
 * @param webhooks Logto says that an account has changed
 * @param jwks the public keys of the identity assertion, for upstreams
 * @param verify where other proxies ask whether a request may pass
 * @param keepFragment a script of the page that keeps a fragment over the sign-in
 * @param expiryNotice a script that pages may include, which tells people before their session ends
 */
public record EndpointPaths(
        @DefaultValue("/sign-in") String signIn,
        @DefaultValue("/callback") String callback,
        @DefaultValue("/initiate") String initiate,
        @DefaultValue("/sign-out") String signOut,
        @DefaultValue("/signed-out") String signedOut,
        @DefaultValue("/session") String session,
        @DefaultValue("/sessions") String sessions,
        @DefaultValue("/form") String form,
        @DefaultValue("/organization") String organization,
        @DefaultValue("/backchannel-logout") String backchannelLogout,
        @DefaultValue("/webhooks/logto") String webhooks,
        @DefaultValue("/jwks") String jwks,
        @DefaultValue("/verify") String verify,
        @DefaultValue("/assets/keep-fragment.js") String keepFragment,
        @DefaultValue("/assets/expiry-notice.js") String expiryNotice) {

    private static final Pattern PLAIN = Pattern.compile("(/[A-Za-z0-9_-][A-Za-z0-9._-]*)+");

    /** The same endpoints as absolute paths. */
    public EndpointPaths below(String basePath) {
        return new EndpointPaths(
                basePath + signIn,
                basePath + callback,
                basePath + initiate,
                basePath + signOut,
                basePath + signedOut,
                basePath + session,
                basePath + sessions,
                basePath + form,
                basePath + organization,
                basePath + backchannelLogout,
                basePath + webhooks,
                basePath + jwks,
                basePath + verify,
                basePath + keepFragment,
                basePath + expiryNotice);
    }

    /** Whether all are plain paths, which can be compared as they are, and no two are the same. */
    public boolean arePlainAndDistinct() {
        List<String> all = List.of(
                signIn,
                callback,
                initiate,
                signOut,
                signedOut,
                session,
                sessions,
                endOfSessions(),
                form,
                organization,
                backchannelLogout,
                webhooks,
                jwks,
                verify,
                keepFragment,
                expiryNotice);
        return all.stream().allMatch(EndpointPaths::isPlain)
                && all.stream().distinct().count() == all.size();
    }

    /** Where a person ends some of their own sessions. */
    public String endOfSessions() {
        return sessions + "/end";
    }

    /** Whether a path consists of plain segments only. */
    static boolean isPlain(String path) {
        return PLAIN.matcher(path).matches();
    }
}
