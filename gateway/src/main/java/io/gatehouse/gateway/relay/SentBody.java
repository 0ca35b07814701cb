package io.gatehouse.gateway.relay;

import java.io.ByteArrayOutputStream;
import java.util.Set;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.ServerHttpRequest;
import reactor.core.publisher.Flux;

/**
 * The body of a request, and whether it can be sent a second time: if there is none, or if it is short and the method
 * is one that may be repeated (RFC 9110, section 9.2.2). What is short is copied while it passes.
 */
final class SentBody {

    private static final int MAX_BYTES = 64 * 1024;

    private static final Set<HttpMethod> IDEMPOTENT = Set.of(
            HttpMethod.GET, HttpMethod.HEAD, HttpMethod.PUT, HttpMethod.DELETE, HttpMethod.OPTIONS, HttpMethod.TRACE);

    private final long length;
    private final boolean isIdempotent;
    private final boolean isEmpty;
    private final boolean isCopied;
    private final ByteArrayOutputStream copy = new ByteArrayOutputStream();
    private volatile boolean begun;
    private volatile boolean complete;

    SentBody(ServerHttpRequest request) {
        HttpHeaders headers = request.getHeaders();
        this.length = headers.getContentLength();
        this.isEmpty = length <= 0 && !headers.containsHeader(HttpHeaders.TRANSFER_ENCODING);
        this.isIdempotent = IDEMPOTENT.contains(request.getMethod());
        this.isCopied = !isEmpty && length > 0 && length <= MAX_BYTES && isIdempotent;
    }

    /** The same body, remembered if that may be of use. */
    Flux<DataBuffer> passing(Flux<DataBuffer> body) {
        Flux<DataBuffer> noted = body.doOnSubscribe(subscription -> begun = true);
        return isCopied ? noted.doOnNext(this::remember) : noted;
    }

    boolean isRepeatable() {
        return isEmpty || !begun || (isCopied && complete);
    }

    /** Whether nothing is done twice by doing it twice. */
    boolean isIdempotent() {
        return isIdempotent;
    }

    /** The body once more: as it was, or for the first time if nobody has read it. */
    Flux<DataBuffer> again(Flux<DataBuffer> body, DataBufferFactory buffers) {
        if (isEmpty) {
            return Flux.empty();
        }
        return begun ? Flux.defer(() -> Flux.just(buffers.wrap(copy.toByteArray()))) : passing(body);
    }

    private void remember(DataBuffer part) {
        byte[] bytes = new byte[part.readableByteCount()];
        int position = part.readPosition();
        part.read(bytes);
        part.readPosition(position);
        copy.writeBytes(bytes);
        // Before the last part passes: the answer may be here before anybody says that it was the last.
        complete = copy.size() >= length;
    }
}
