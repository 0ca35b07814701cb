package io.gatehouse.gateway.relay;

import io.gatehouse.gateway.problem.GatewayException;
import io.gatehouse.gateway.problem.ProblemType;
import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.timeout.TimeoutException;
import java.io.IOException;

/**
 * Names what went wrong between this gateway and an upstream. Without it every one of these would look like a defect
 * here.
 */
final class UpstreamFailures {

    private UpstreamFailures() {}

    static Throwable classify(Throwable failure) {
        return switch (failure) {
            case GatewayException named -> named;
            case ConnectTimeoutException silent -> GatewayException.of(ProblemType.UPSTREAM_TIMEOUT, silent);
            case TimeoutException silent -> GatewayException.of(ProblemType.UPSTREAM_TIMEOUT, silent);
            // Refused, not found, reset, closed too early, no TLS: the kinds of java.io, java.net, Netty and Reactor
            // Netty.
            case IOException broken -> GatewayException.of(ProblemType.UPSTREAM_UNREACHABLE, broken);
            // What it sent is not HTTP, or has headers that cannot be passed on.
            case DecoderException malformed -> GatewayException.of(ProblemType.UPSTREAM_UNREACHABLE, malformed);
            case IllegalArgumentException malformed -> GatewayException.of(ProblemType.UPSTREAM_UNREACHABLE, malformed);
            default -> failure;
        };
    }
}
