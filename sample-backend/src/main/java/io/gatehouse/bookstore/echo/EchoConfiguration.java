package io.gatehouse.bookstore.echo;

import java.util.Map;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.web.reactive.config.WebFluxConfigurer;
import org.springframework.web.reactive.handler.SimpleUrlHandlerMapping;
import org.springframework.web.reactive.socket.server.WebSocketService;
import org.springframework.web.reactive.socket.server.support.HandshakeWebSocketService;
import org.springframework.web.reactive.socket.server.upgrade.ReactorNettyRequestUpgradeStrategy;
import reactor.netty.http.server.WebsocketServerSpec;

/** Puts the WebSocket where it is found. */
@Configuration(proxyBeanMethods = false)
class EchoConfiguration implements WebFluxConfigurer {

    /** The largest message; the server's own limit of 64 KiB would hide what a proxy does with larger ones. */
    private static final int MAX_MESSAGE_BYTES = 16 * 1024 * 1024;

    @Bean
    SimpleUrlHandlerMapping webSockets() {
        return new SimpleUrlHandlerMapping(Map.of("/echo/ws", new EchoWebSocketHandler()), Ordered.HIGHEST_PRECEDENCE);
    }

    @Override
    public WebSocketService getWebSocketService() {
        return new HandshakeWebSocketService(new ReactorNettyRequestUpgradeStrategy(
                () -> WebsocketServerSpec.builder().maxFramePayloadLength(MAX_MESSAGE_BYTES)));
    }
}
