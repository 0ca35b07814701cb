package io.gatehouse.emulator.logout;

import io.gatehouse.emulator.directory.Application;
import io.gatehouse.emulator.http.HttpCaller;
import io.gatehouse.emulator.http.Parameters;
import io.gatehouse.emulator.keys.Jwt;
import io.gatehouse.emulator.keys.SigningKeys;
import io.gatehouse.emulator.session.BrowserSession;
import io.gatehouse.emulator.session.ClientAuthorization;
import io.gatehouse.emulator.session.Tenant;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * Tells the applications of a session that it has ended. All at once, each once: no retry, no redirect, and little
 * patience, because the browser is waiting.
 */
public final class BackChannelLogout {

    private static final Duration PATIENCE = Duration.ofMillis(2500);

    private final Tenant tenant;
    private final SigningKeys keys;
    private final LogoutTokens tokens;
    private final boolean ssrfProtection;
    private final HttpCaller http = new HttpCaller();

    /**
     * @param ssrfProtection whether to pass over private addresses without a word, as Logto does unless told otherwise
     */
    public BackChannelLogout(Tenant tenant, SigningKeys keys, boolean ssrfProtection) {
        this.tenant = tenant;
        this.keys = keys;
        this.tokens = new LogoutTokens(tenant);
        this.ssrfProtection = ssrfProtection;
    }

    /** Returns when everybody has answered or failed to. */
    void announceEndOf(BrowserSession session) {
        List<CompletableFuture<Void>> calls = session.authorizations().entrySet().stream()
                .map(it -> CompletableFuture.runAsync(
                        () -> tell(session, it.getKey(), it.getValue()), Thread::startVirtualThread))
                .toList();
        CompletableFuture.allOf(calls.toArray(CompletableFuture[]::new)).join();
    }

    private void tell(BrowserSession session, String clientId, ClientAuthorization authorization) {
        tenant.directory().applications().find(clientId).ifPresent(it -> tell(session, it, authorization));
    }

    private void tell(BrowserSession session, Application client, ClientAuthorization authorization) {
        String address = client.redirects().backchannelLogoutUri();
        if (address == null || (ssrfProtection && isPrivate(address))) {
            return;
        }
        String sid = client.redirects().includesSid() ? authorization.sid() : null;
        var claims = tokens.claims(session.accountId(), sid, client.id());
        try {
            post(address, Jwt.sign(keys.current(), LogoutTokens.TYPE, claims));
        } catch (IOException _) {
            // Logto does not care: neither a retry nor a log line follows.
        }
    }

    /** Sends a logout token, good or forged. */
    public HttpResponse<String> post(String address, String token) throws IOException {
        return http.send(HttpRequest.newBuilder(URI.create(address))
                .timeout(PATIENCE)
                .header("content-type", "application/x-www-form-urlencoded")
                .header("user-agent", "")
                .POST(HttpRequest.BodyPublishers.ofString(Parameters.encode(Map.of("logout_token", token))))
                .build());
    }

    private static boolean isPrivate(String address) {
        try {
            InetAddress target = InetAddress.getByName(URI.create(address).getHost());
            return target.isLoopbackAddress() || target.isSiteLocalAddress() || target.isLinkLocalAddress();
        } catch (IOException _) {
            return true;
        }
    }
}
