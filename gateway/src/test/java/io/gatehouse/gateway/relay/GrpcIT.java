package io.gatehouse.gateway.relay;

import io.gatehouse.gateway.fixture.GrpcUpstream;
import io.gatehouse.gateway.fixture.Stage;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.extension.RegisterExtension;

/** HTTP/2 in clear text on both sides. */
class GrpcIT extends GrpcCalls {

    @RegisterExtension
    static final GrpcUpstream UPSTREAM = new GrpcUpstream(null);

    @RegisterExtension
    static final Stage STAGE = new Stage(Map.of(
            "server.http2.enabled", "true",
            "gatehouse.routes[0].path", "/echo.Echo/**",
            "gatehouse.routes[0].upstream", UPSTREAM.url(),
            "gatehouse.routes[0].protocol", "h2c",
            "gatehouse.routes[2].path", "/closed.Echo/**"));

    @Override
    ManagedChannel connect() {
        return NettyChannelBuilder.forAddress(
                        "localhost", URI.create(STAGE.url("")).getPort())
                .usePlaintext()
                .build();
    }
}
