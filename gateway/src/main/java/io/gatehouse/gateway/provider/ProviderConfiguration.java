package io.gatehouse.gateway.provider;

import io.gatehouse.gateway.problem.GatewayException;
import io.gatehouse.gateway.problem.ProblemType;
import io.netty.channel.ChannelOption;
import java.time.Clock;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoderFactory;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.ExchangeFilterFunction;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

/** Wires the way to the IdP. */
@Configuration(proxyBeanMethods = false)
class ProviderConfiguration {

    private static final int MAX_CONNECTIONS = 100;
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);

    /**
     * Logto closes idle connections after 5 s: one that we took from the pool just then would fail under our request.
     */
    private static final Duration MAX_IDLE = Duration.ofSeconds(4);

    /** The last resort. Each call has its own, shorter, limit for those who wait for it. */
    private static final Duration RESPONSE_TIMEOUT = Duration.ofSeconds(30);

    @Bean
    ClockSkew clockSkew(Clock clock) {
        return new ClockSkew(clock);
    }

    @Bean
    WebClient providerHttp(ClockSkew clockSkew) {
        ConnectionProvider pool = ConnectionProvider.builder("provider")
                .maxConnections(MAX_CONNECTIONS)
                .maxIdleTime(MAX_IDLE)
                .build();
        HttpClient client = HttpClient.create(pool)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) CONNECT_TIMEOUT.toMillis())
                .responseTimeout(RESPONSE_TIMEOUT);
        return WebClient.builder()
                .clientConnector(new ReactorClientHttpConnector(client))
                .filter(ExchangeFilterFunction.ofResponseProcessor(ProviderConfiguration::refuseServerErrors))
                .filter((request, next) -> next.exchange(request)
                        .doOnNext(answer -> clockSkew.measure(answer.headers().asHttpHeaders())))
                .build();
    }

    /** Whatever the body of a 5xx says, the IdP has not decided anything: it must not be read as a refusal. */
    private static Mono<ClientResponse> refuseServerErrors(ClientResponse response) {
        if (!response.statusCode().is5xxServerError()) {
            return Mono.just(response);
        }
        String detail = "the IdP answered " + response.statusCode().value();
        return response.releaseBody()
                .then(Mono.error(() -> GatewayException.of(ProblemType.PROVIDER_UNAVAILABLE, detail)));
    }

    @Bean
    Provider provider(ProviderAccount account, WebClient providerHttp, Clock clock) {
        return new Provider(account, providerHttp, clock);
    }

    @Bean
    ProviderKeys providerKeys(Provider provider, WebClient providerHttp, Clock clock) {
        return new ProviderKeys(provider, providerHttp, clock);
    }

    @Bean
    ReactiveJwtDecoderFactory<ClientRegistration> idTokenDecoders(ProviderKeys providerKeys, Clock clock) {
        return new IdTokenDecoders(providerKeys, clock);
    }

    @Bean
    SentTokens sentTokens(ProviderKeys providerKeys) {
        return new SentTokens(providerKeys);
    }
}
