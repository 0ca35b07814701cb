package io.gatehouse.gateway.relay;

import java.util.List;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import org.springframework.web.reactive.socket.WebSocketHandler;
import org.springframework.web.reactive.socket.WebSocketSession;
import org.springframework.web.reactive.socket.server.WebSocketService;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerResponse;

/** Opens WebSockets that close, towards the browser and the upstream, when the session ends they were opened for. */
final class SessionEndWebSocketService implements WebSocketService {

    private final WebSocketService service;
    private final SessionEnd sessionEnd;

    SessionEndWebSocketService(WebSocketService service, SessionEnd sessionEnd) {
        this.service = service;
        this.sessionEnd = sessionEnd;
    }

    @Override
    public Mono<Void> handleRequest(ServerWebExchange exchange, WebSocketHandler handler) {
        return service.handleRequest(exchange, new Ending(handler, exchange, sessionEnd));
    }

    /** The handler of one WebSocket. */
    private record Ending(WebSocketHandler handler, ServerWebExchange exchange, SessionEnd sessionEnd)
            implements WebSocketHandler {

        @Override
        public List<String> getSubProtocols() {
            return handler.getSubProtocols();
        }

        @Override
        public Mono<Void> handle(WebSocketSession socket) {
            return Mono.firstWithSignal(handler.handle(socket), close());
        }

        /** Signals nothing: the handler completes when its WebSocket has closed. */
        private Mono<Void> close() {
            HttpServerResponse response = ServerHttpResponseDecorator.getNativeResponse(exchange.getResponse());
            return sessionEnd
                    .of(exchange)
                    .then(Mono.fromRunnable(() -> response.withConnection(it -> it.addHandlerLast(new SocketEnd()))))
                    .then(Mono.never());
        }
    }
}
