package io.gatehouse.gateway.traffic;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.handler.timeout.IdleStateHandler;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Tells when no byte has passed a connection for a while, however slowly the bytes of one message pass. */
final class Silence extends IdleStateHandler {

    static final String NAME = "gatehouse.traffic-silence";

    private final Runnable told;

    Silence(Duration longest, Runnable told) {
        super(true, 0, 0, longest.toMillis(), TimeUnit.MILLISECONDS);
        this.told = told;
    }

    @Override
    protected void channelIdle(ChannelHandlerContext context, IdleStateEvent event) {
        told.run();
    }
}
