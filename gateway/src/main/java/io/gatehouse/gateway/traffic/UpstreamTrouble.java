package io.gatehouse.gateway.traffic;

import io.netty.channel.ConnectTimeoutException;
import io.netty.channel.unix.Errors;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.timeout.TimeoutException;
import java.io.IOException;
import java.net.SocketException;
import java.nio.channels.ClosedChannelException;
import reactor.netty.http.client.PrematureCloseException;

/** What a failure says of the upstream, by its kind. */
final class UpstreamTrouble {

    private UpstreamTrouble() {}

    /** Whether the connection was refused or broken off: another one, made at once, may be better. */
    static boolean isBrokenConnection(Throwable failure) {
        return switch (failure) {
            // Has cost its time already.
            case ConnectTimeoutException slow -> false;
            case SocketException refused -> true;
            case Errors.NativeIoException reset -> true;
            case ClosedChannelException closed -> true;
            case PrematureCloseException closed -> true;
            default -> false;
        };
    }

    /** Whether there was no answer, or none that is HTTP. */
    static boolean isNoAnswer(Throwable failure) {
        return failure instanceof IOException
                || failure instanceof TimeoutException
                || failure instanceof DecoderException;
    }
}
