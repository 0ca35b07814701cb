package io.gatehouse.gateway.session;

import io.gatehouse.gateway.edge.GatewayCookies;
import java.util.List;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.session.WebSessionIdResolver;

/** The session cookie as {@code WebSession} reads and writes it: the same one as everywhere else, read as strictly. */
final class SessionCookie implements WebSessionIdResolver {

    private final GatewayCookies cookies;

    SessionCookie(GatewayCookies cookies) {
        this.cookies = cookies;
    }

    @Override
    public List<String> resolveSessionIds(ServerWebExchange exchange) {
        return cookies.read(exchange.getRequest(), cookies.session()).stream().toList();
    }

    @Override
    public void setSessionId(ServerWebExchange exchange, String sessionId) {
        exchange.getResponse().addCookie(cookies.create(cookies.session(), sessionId));
    }

    @Override
    public void expireSession(ServerWebExchange exchange) {
        exchange.getResponse().addCookie(cookies.remove(cookies.session()));
    }
}
