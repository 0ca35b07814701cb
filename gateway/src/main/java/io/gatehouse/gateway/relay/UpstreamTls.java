package io.gatehouse.gateway.relay;

import io.gatehouse.gateway.live.Derived;
import io.gatehouse.gateway.route.GatewayRoute;
import io.gatehouse.gateway.route.TlsRule;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import reactor.netty.http.Http11SslContextSpec;
import reactor.netty.http.Http2SslContextSpec;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.client.HttpClient;
import reactor.netty.tcp.SslProvider;

/**
 * TLS to the upstreams of routes that have a {@link TlsRule}. A connection is used for requests of its own route only:
 * it stands for what that route trusts, and for who it says it is.
 */
final class UpstreamTls {

    private final Derived<GatewayRoute, Contexts> contexts =
            new Derived<>(route -> Contexts.of(route.settings().tls()));

    /** By the protocols that a client may choose from. */
    private record Contexts(SslProvider http11, SslProvider http2) {

        static Contexts of(TlsRule rule) {
            try {
                return new Contexts(
                        provider(
                                rule,
                                Http11SslContextSpec.forClient()
                                        .configure(tls -> configure(tls, rule))
                                        .sslContext()),
                        provider(
                                rule,
                                Http2SslContextSpec.forClient()
                                        .configure(tls -> configure(tls, rule))
                                        .sslContext()));
            } catch (SSLException unusable) {
                throw new IllegalStateException(unusable);
            }
        }
    }

    /** Whether a route has a rule of its own. */
    boolean isSpecial(GatewayRoute route) {
        return route.settings().tls().isUsed();
    }

    /** The same client, for the upstream of a route. */
    HttpClient secure(HttpClient client, GatewayRoute route) {
        if (!isSpecial(route)) {
            return client;
        }
        Contexts special = contexts.of(route);
        boolean isHttp2 = List.of(client.configuration().protocols()).contains(HttpProtocol.H2);
        return client.secure(isHttp2 ? special.http2() : special.http11());
    }

    private static void configure(SslContextBuilder tls, TlsRule rule) {
        if (rule.ca() != null) {
            tls.trustManager(rule.ca().certificates());
        }
        if (rule.key() != null && rule.certificate() != null) {
            tls.keyManager(rule.key().key(), rule.certificate().certificates());
        }
    }

    private static SslProvider provider(TlsRule rule, SslContext context) {
        String name = rule.serverName();
        return SslProvider.builder()
                .sslContext(name.isEmpty() ? context : new NamedSslContext(context, name))
                .handlerConfigurator(handler -> verify(handler, name))
                .build();
    }

    /** RFC 9110, section 4.3.4. */
    private static void verify(SslHandler handler, String name) {
        SSLParameters parameters = handler.engine().getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        if (!name.isEmpty()) {
            parameters.setServerNames(List.of(new SNIHostName(name)));
        }
        handler.engine().setSSLParameters(parameters);
    }
}
