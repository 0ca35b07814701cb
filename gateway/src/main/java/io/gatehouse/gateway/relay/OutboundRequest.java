package io.gatehouse.gateway.relay;

import io.gatehouse.gateway.edge.CorrelationId;
import io.gatehouse.gateway.traffic.Repeatable;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;

/** A copy of the browser's request as the upstream gets it. The request that came in is not altered. */
final class OutboundRequest extends ServerHttpRequestDecorator implements Repeatable {

    /** The client collects the bodies of these before it sends them; ordinarily they have none. */
    private static final Set<HttpMethod> COLLECTED = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.DELETE);

    private static final int MAX_COLLECTED_BYTES = 64 * 1024;

    private final Rewriting rewriting;
    private final Function<Credentials, HttpHeaders> head;
    private final HttpHeaders headers;
    private final SentBody body;
    private final boolean isRepetition;

    private OutboundRequest(
            ServerHttpRequest inbound,
            Rewriting rewriting,
            Function<Credentials, HttpHeaders> head,
            HttpHeaders headers,
            SentBody body,
            boolean isRepetition) {
        super(inbound);
        this.rewriting = rewriting;
        this.head = head;
        this.headers = headers;
        this.body = body;
        this.isRepetition = isRepetition;
    }

    /**
     * The request of a browser, for an upstream.
     *
     * @param rewriting what becomes of it whoever sends it
     */
    static OutboundRequest of(
            ServerWebExchange exchange,
            ReservedHeaders reserved,
            RelayedCookies cookies,
            Rewriting rewriting,
            Credentials credentials) {
        ServerHttpRequest inbound = exchange.getRequest();
        Credentials always =
                rewriting.headers().and(headers -> headers.set(CorrelationId.HEADER, CorrelationId.of(exchange)));
        Function<Credentials, HttpHeaders> head = any -> headers(inbound, reserved, cookies, always.and(any));
        return new OutboundRequest(inbound, rewriting, head, head.apply(credentials), new SentBody(inbound), false);
    }

    private static HttpHeaders headers(
            ServerHttpRequest request, ReservedHeaders reserved, RelayedCookies cookies, Credentials credentials) {
        HttpHeaders inbound = request.getHeaders();
        HttpHeaders headers = new HttpHeaders();
        // First what the browser listed for removal: afterwards it could remove what we set (RFC 9110, section 7.6.1).
        List<String> hopByHop = inbound.getConnection();
        inbound.headerSet().stream()
                .filter(header -> !reserved.contains(header.getKey()))
                .filter(header -> hopByHop.stream().noneMatch(header.getKey()::equalsIgnoreCase))
                .forEach(header -> headers.put(header.getKey(), header.getValue()));
        keepUpgrade(inbound, headers);
        cookies.filterRequest(headers);
        credentials.addTo(headers);
        sayThatThereIsNoBody(inbound, request.getMethod(), headers);
        return headers;
    }

    /**
     * Without a length and a coding there is no body (RFC 9112, section 6.3); the client would announce one of chunks.
     */
    private static void sayThatThereIsNoBody(HttpHeaders inbound, HttpMethod method, HttpHeaders headers) {
        boolean isFramed = inbound.containsHeader(HttpHeaders.CONTENT_LENGTH)
                || inbound.containsHeader(HttpHeaders.TRANSFER_ENCODING);
        if (!isFramed && !COLLECTED.contains(method)) {
            headers.setContentLength(0);
        }
    }

    /** Whether it can be sent once more: the browser cannot be asked for its body again. */
    boolean isRepeatable() {
        return !isRepetition && body.isRepeatable();
    }

    /** The same request once more, with these credentials and none of the first ones. */
    OutboundRequest again(Credentials credentials) {
        return new OutboundRequest(getDelegate(), rewriting, head, head.apply(credentials), body, true);
    }

    /** Not what is sent again already: one request would become ever more. */
    @Override
    public boolean isHarmless() {
        return isRepeatable() && body.isIdempotent();
    }

    /** The same, with the same credentials. */
    @Override
    public OutboundRequest repeated() {
        return new OutboundRequest(getDelegate(), rewriting, head, headers, body, true);
    }

    private static void keepUpgrade(HttpHeaders inbound, HttpHeaders headers) {
        headers.remove(HttpHeaders.CONNECTION);
        String upgrade = inbound.getUpgrade();
        if ("websocket".equalsIgnoreCase(upgrade)) {
            headers.set(HttpHeaders.CONNECTION, "Upgrade");
            headers.set(HttpHeaders.UPGRADE, upgrade);
        }
    }

    @Override
    public URI getURI() {
        return rewriting.uri();
    }

    @Override
    public HttpHeaders getHeaders() {
        return headers;
    }

    /** Streams, but for methods whose bodies would be collected in memory: there it fails with 413 beyond 64 KiB. */
    @Override
    public Flux<DataBuffer> getBody() {
        return isRepetition
                ? body.again(inboundBody(), DefaultDataBufferFactory.sharedInstance)
                : body.passing(inboundBody());
    }

    private Flux<DataBuffer> inboundBody() {
        if (!COLLECTED.contains(getMethod())) {
            return super.getBody();
        }
        HttpHeaders sent = getDelegate().getHeaders();
        boolean hasBody = sent.getContentLength() > 0 || sent.containsHeader(HttpHeaders.TRANSFER_ENCODING);
        return hasBody ? limited(super.getBody()) : Flux.empty();
    }

    private static Flux<DataBuffer> limited(Flux<DataBuffer> body) {
        return Flux.defer(() -> counted(body, new AtomicInteger()));
    }

    private static Flux<DataBuffer> counted(Flux<DataBuffer> body, AtomicInteger received) {
        return body.doOnNext(part -> requireFit(part, received.addAndGet(part.readableByteCount())));
    }

    private static void requireFit(DataBuffer part, int received) {
        if (received > MAX_COLLECTED_BYTES) {
            DataBufferUtils.release(part);
            throw new ResponseStatusException(HttpStatus.CONTENT_TOO_LARGE);
        }
    }
}
