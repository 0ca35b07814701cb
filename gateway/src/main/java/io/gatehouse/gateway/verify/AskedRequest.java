package io.gatehouse.gateway.verify;

import io.gatehouse.gateway.edge.RawTargets;
import io.gatehouse.gateway.problem.GatewayException;
import io.gatehouse.gateway.problem.ProblemType;
import io.gatehouse.gateway.verify.ForwardingProxy.Asked;
import java.net.URI;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.RequestPath;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;

/** The request that a proxy asks about, as if it had come here: its method, address and host, and what else it has. */
final class AskedRequest extends ServerHttpRequestDecorator {

    private static final List<String> OF_THE_BODY =
            List.of(HttpHeaders.CONTENT_TYPE, HttpHeaders.CONTENT_LENGTH, HttpHeaders.TRANSFER_ENCODING);

    private final HttpMethod method;
    private final URI uri;
    private final RequestPath path;
    private final HttpHeaders headers;

    private AskedRequest(ServerHttpRequest question, HttpMethod method, URI uri) {
        super(question);
        this.method = method;
        this.uri = uri;
        this.path = RequestPath.parse(uri, "");
        this.headers = headers(question.getHeaders(), uri);
    }

    /** Fails with {@link ProblemType#INVALID_REQUEST} if it can be none. */
    static AskedRequest of(ServerHttpRequest question, Asked asked) {
        try {
            URI uri = URI.create(RawTargets.encoded(asked.url()));
            if (uri.getHost() == null || !uri.getRawPath().startsWith("/")) {
                throw GatewayException.of(ProblemType.INVALID_REQUEST, "no absolute URL");
            }
            return new AskedRequest(question, HttpMethod.valueOf(asked.method()), uri);
        } catch (IllegalArgumentException malformed) {
            throw GatewayException.of(ProblemType.INVALID_REQUEST, malformed);
        }
    }

    /**
     * Its body stays with the proxy. And proxies leave out what is said from hop to hop: a handshake shows by what only
     * a WebSocket's has.
     */
    private static HttpHeaders headers(HttpHeaders sent, URI uri) {
        HttpHeaders headers = HttpHeaders.copyOf(sent);
        headers.set(HttpHeaders.HOST, uri.getRawAuthority());
        OF_THE_BODY.forEach(headers::remove);
        if (headers.containsHeader("Sec-WebSocket-Key")) {
            headers.set(HttpHeaders.CONNECTION, "Upgrade");
            headers.set(HttpHeaders.UPGRADE, "websocket");
        }
        return headers;
    }

    @Override
    public HttpMethod getMethod() {
        return method;
    }

    @Override
    public URI getURI() {
        return uri;
    }

    @Override
    public RequestPath getPath() {
        return path;
    }

    @Override
    public HttpHeaders getHeaders() {
        return headers;
    }
}
