package io.gatehouse.gateway.relay;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.ApplicationProtocolNegotiator;
import io.netty.handler.ssl.SslContext;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSessionContext;

/** TLS with a server that goes by another name than the one it is addressed by: that other one is what is verified. */
final class NamedSslContext extends SslContext {

    private final SslContext context;
    private final String serverName;

    NamedSslContext(SslContext context, String serverName) {
        this.context = context;
        this.serverName = serverName;
    }

    @Override
    public boolean isClient() {
        return context.isClient();
    }

    @Override
    public List<String> cipherSuites() {
        return context.cipherSuites();
    }

    /** Netty calls the type of the result deprecated, and asks for it nevertheless. */
    @Override
    @SuppressWarnings("deprecation")
    public ApplicationProtocolNegotiator applicationProtocolNegotiator() {
        return context.applicationProtocolNegotiator();
    }

    /** Java compares a certificate with the name it is asked for, and with the host as well if that is another one. */
    @Override
    public SSLEngine newEngine(ByteBufAllocator allocator) {
        return context.newEngine(allocator, serverName, -1);
    }

    @Override
    public SSLEngine newEngine(ByteBufAllocator allocator, String host, int port) {
        return context.newEngine(allocator, serverName, port);
    }

    @Override
    public SSLSessionContext sessionContext() {
        return context.sessionContext();
    }
}
