package io.gatehouse.gateway.relay;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.util.AttributeKey;
import org.jspecify.annotations.Nullable;
import reactor.netty.Connection;

/**
 * Makes the two sides of a WebSocket out of two connections that have spoken HTTP so far: the upstream's as soon as it
 * has switched protocols, the browser's with the answer that tells it so.
 */
final class SocketSides {

    private static final String NAME = "gatehouse.socket-side";

    /** Survives the connection: what the upstream has sent has to reach the browser all the same. */
    private static final AttributeKey<SocketSide> HELD = AttributeKey.valueOf(SocketSides.class, "held");

    private SocketSides() {}

    /** Holds what an upstream sends that has just switched. To be called by the connection's own thread. */
    static void hold(Connection upstream) {
        // Otherwise the client would take the end of the connection for an answer that broke off.
        upstream.onDispose(upstream);
        SocketSide side = new SocketSide(SocketEnd.ofUpstream());
        upstream.channel().attr(HELD).set(side);
        upstream.channel().pipeline().addAfter(InterimResponses.NAME, NAME, side);
    }

    /**
     * Answers a browser, and relays from then on.
     *
     * @param answer the head that tells the browser of the switch
     * @param upstream what it sends is {@linkplain #hold held}
     * @param end what the upstream gets when the session ends, as the browser would send it
     */
    static void open(Channel browser, HttpResponse answer, Channel upstream, byte[] end) {
        SocketSide held = upstream.attr(HELD).get();
        SocketSide side = new SocketSide(end);
        held.execute(() -> leaveHttp(held.channel().pipeline()));
        held.execute(() -> browser.eventLoop().execute(() -> open(browser.pipeline(), answer, side, held)));
    }

    /** Before the browser is told: what it sends may come at any moment after that. */
    private static void leaveHttp(ChannelPipeline upstream) {
        // There is none if the connection is closed already.
        @Nullable ChannelHandler codec = upstream.get(HttpClientCodec.class);
        if (codec != null) {
            upstream.remove(codec);
        }
    }

    private static void open(ChannelPipeline browser, HttpResponse answer, SocketSide side, SocketSide held) {
        ChannelHandlerContext codec = browser.context(HttpServerCodec.class);
        if (codec == null) {
            // Likewise.
            held.execute(held::close);
            return;
        }
        browser.addAfter(codec.name(), NAME, side);
        side.answer(answer);
        browser.remove(codec.handler());
        side.relayTo(held);
        held.execute(() -> held.relayTo(side));
    }

    /**
     * Ends what was opened: both peers get a close frame once the frames are whole that have begun. Goes the same way
     * as opening, so as not to come before it.
     */
    static void end(Channel browser, Channel upstream) {
        upstream.attr(HELD)
                .get()
                .execute(() -> browser.eventLoop()
                        .execute(() -> endIfOpen(browser.pipeline().get(SocketSide.class))));
    }

    private static void endIfOpen(@Nullable SocketSide browser) {
        if (browser != null) {
            browser.endBoth();
        }
    }
}
