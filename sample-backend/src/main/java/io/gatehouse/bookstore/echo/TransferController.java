package io.gatehouse.bookstore.echo;

import jakarta.validation.constraints.Min;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Bodies of any size, in either direction, as fast as the other side takes or sends them. */
@RestController
final class TransferController {

    /** Takes the body and tells its size and SHA-256. */
    @PostMapping("/echo/upload")
    Mono<Tally.Receipt> upload(ServerHttpRequest request) {
        return request.getBody().collect(Tally::new, Tally::add).map(Tally::receipt);
    }

    /** As many bytes as asked for; see {@link PseudoRandom} for which. */
    @GetMapping("/echo/download")
    Mono<Void> download(@RequestParam @Min(0) long bytes, ServerHttpResponse response) {
        response.getHeaders().setContentType(MediaType.APPLICATION_OCTET_STREAM);
        response.getHeaders().setContentLength(bytes);
        return response.writeWith(PseudoRandom.bytes(bytes).map(response.bufferFactory()::wrap));
    }
}
