package io.gatehouse.gateway.relay;

import io.gatehouse.gateway.fixture.GrpcUpstream;
import io.gatehouse.gateway.fixture.Stage;
import io.gatehouse.gateway.fixture.TestCertificates;
import io.grpc.ManagedChannel;
import io.grpc.TlsChannelCredentials;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.extension.RegisterExtension;

/** HTTP/2 with TLS on both sides, chosen by ALPN. */
class GrpcTlsIT extends GrpcCalls {

    private static final TestCertificates CERTIFICATES = TestCertificates.issued("grpc");

    @RegisterExtension
    static final GrpcUpstream UPSTREAM = new GrpcUpstream(CERTIFICATES);

    @RegisterExtension
    static final Stage STAGE = new Stage(Map.of(
            "server.http2.enabled",
            "true",
            "server.ssl.certificate",
            CERTIFICATES.serverCertificate().toUri().toString(),
            "server.ssl.certificate-private-key",
            CERTIFICATES.serverKey().toUri().toString(),
            "gatehouse.routes[0].path",
            "/echo.Echo/**",
            "gatehouse.routes[0].upstream",
            UPSTREAM.url(),
            "gatehouse.routes[0].protocol",
            "h2",
            "gatehouse.routes[0].tls.ca",
            CERTIFICATES.ca().toAbsolutePath().toString(),
            "gatehouse.routes[2].path",
            "/closed.Echo/**"));

    @Override
    ManagedChannel connect() throws IOException {
        return NettyChannelBuilder.forAddress(
                        "localhost",
                        URI.create(STAGE.url("")).getPort(),
                        TlsChannelCredentials.newBuilder()
                                .trustManager(CERTIFICATES.ca().toFile())
                                .build())
                .build();
    }
}
