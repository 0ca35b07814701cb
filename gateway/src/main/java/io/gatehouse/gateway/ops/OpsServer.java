package io.gatehouse.gateway.ops;

import io.netty.channel.unix.Errors.NativeIoException;
import java.net.BindException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.context.SmartLifecycle;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import reactor.netty.ChannelBindException;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/** Listens on the ops port: from before the public port is opened until after it is closed, so that probes see both. */
final class OpsServer implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(OpsServer.class);

    /** Lower than that of the web server: started before it and stopped after it. */
    private static final int PHASE = 0;

    /** EADDRINUSE as Netty's native transports give it, on Linux and on macOS. */
    private static final Set<Integer> ADDRESS_IN_USE = Set.of(-98, -48);

    private final OpsProperties properties;
    private final HttpHandler handler;
    private final @Nullable OpsTls tls;
    private @Nullable DisposableServer server;

    /** @param tls null for plain HTTP */
    OpsServer(OpsProperties properties, HttpHandler handler, @Nullable OpsTls tls) {
        this.properties = properties;
        this.handler = handler;
        this.tls = tls;
    }

    @Override
    public void start() {
        try {
            server = (tls == null ? HttpServer.create() : tls.secure(HttpServer.create()))
                    .host(properties.address())
                    .port(properties.port())
                    .handle(new ReactorHttpHandlerAdapter(handler))
                    .bindNow();
        } catch (ChannelBindException failure) {
            if (isTaken(failure.getCause())) {
                throw new PortInUseException(properties.port(), failure);
            }
            throw failure;
        }
        LOG.atInfo()
                .addKeyValue("address", server.address())
                .addKeyValue("tls", tls != null)
                .log("ops port opened");
    }

    private static boolean isTaken(@Nullable Throwable cause) {
        return cause instanceof BindException
                || (cause instanceof NativeIoException refused && ADDRESS_IN_USE.contains(refused.expectedErr()));
    }

    @Override
    public void stop() {
        if (server != null) {
            server.disposeNow();
            server = null;
        }
    }

    @Override
    public boolean isRunning() {
        return server != null;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }
}
