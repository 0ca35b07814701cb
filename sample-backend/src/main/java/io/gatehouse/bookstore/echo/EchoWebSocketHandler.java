package io.gatehouse.bookstore.echo;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.web.reactive.socket.CloseStatus;
import org.springframework.web.reactive.socket.WebSocketHandler;
import org.springframework.web.reactive.socket.WebSocketMessage;
import org.springframework.web.reactive.socket.WebSocketSession;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Sends every text and binary message back. The text {@code close:4000} closes the connection with that code instead.
 * Pings and the other side's close frame are answered by the server underneath, with the same content.
 */
final class EchoWebSocketHandler implements WebSocketHandler {

    /** Codes that an endpoint may send (RFC 6455, section 7.4). */
    private static final Pattern CLOSE = Pattern.compile("close:(100[0-3]|100[7-9]|101[0-4]|[34]\\d{3})");

    @Override
    public List<String> getSubProtocols() {
        return List.of("echo");
    }

    @Override
    public Mono<Void> handle(WebSocketSession session) {
        Flux<WebSocketMessage> answers = session.receive()
                .filter(EchoWebSocketHandler::hasContent)
                .map(WebSocketMessage::retain)
                .concatMap(message -> answer(session, message));
        return session.send(answers);
    }

    private static boolean hasContent(WebSocketMessage message) {
        return switch (message.getType()) {
            case TEXT, BINARY -> true;
            case PING, PONG -> false;
        };
    }

    private static Mono<WebSocketMessage> answer(WebSocketSession session, WebSocketMessage message) {
        return requestedClose(message)
                .map(status -> session.close(status).then(Mono.<WebSocketMessage>empty()))
                .orElseGet(() -> Mono.just(message));
    }

    private static Optional<CloseStatus> requestedClose(WebSocketMessage message) {
        if (message.getType() != WebSocketMessage.Type.TEXT) {
            return Optional.empty();
        }
        Matcher request = CLOSE.matcher(message.getPayloadAsText());
        if (!request.matches()) {
            return Optional.empty();
        }
        DataBufferUtils.release(message.getPayload());
        return Optional.of(new CloseStatus(Integer.parseInt(request.group(1)), "as asked"));
    }
}
