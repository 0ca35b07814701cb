package io.gatehouse.gateway.page;

import io.gatehouse.gateway.edge.CorrelationId;
import io.gatehouse.gateway.edge.EndpointPaths;
import io.gatehouse.gateway.edge.PublicUrl;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes every answer that is the gateway's own and not an upstream's. All but public keys, scripts and the logo are
 * private to one browser and one moment, so none of them may be stored; and this is the only place that writes a
 * {@code Location}.
 */
public final class OwnAnswers {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final MediaType HTML = new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8);

    private static final MediaType SCRIPT = new MediaType("text", "javascript", StandardCharsets.UTF_8);
    private static final MediaType JWK_SET = new MediaType("application", "jwk-set+json");

    private final PublicUrl publicUrl;
    private final EndpointPaths paths;
    private final Cors cors;
    private final Layout layout;
    private final Languages languages;

    OwnAnswers(PublicUrl publicUrl, EndpointPaths paths, Cors cors, Layout layout, Languages languages) {
        this.publicUrl = publicUrl;
        this.paths = paths;
        this.cors = cors;
        this.layout = layout;
        this.languages = languages;
    }

    /** Answers with a page, in the language its reader prefers among ours. */
    public Mono<Void> page(ServerWebExchange exchange, HttpStatus status, Page page) {
        return Mono.defer(() -> complete(exchange, status, page));
    }

    private Mono<Void> complete(ServerWebExchange exchange, HttpStatus status, Page page) {
        Texts texts = languages.of(exchange);
        ServerHttpResponse response = begin(exchange, status, page.needs());
        response.getHeaders().set(HttpHeaders.CONTENT_LANGUAGE, texts.language());
        response.getHeaders().add(HttpHeaders.VARY, HttpHeaders.ACCEPT_LANGUAGE);
        if (!page.refresh().isEmpty()) {
            // Works without script, and in whatever layout the page is shown.
            response.getHeaders().set("Refresh", page.refresh());
        }
        return complete(response, exchange, HTML, layout.render(page, texts));
    }

    /** Answers a script. */
    public Mono<Void> json(ServerWebExchange exchange, HttpStatus status, Map<String, ?> body) {
        return write(exchange, status, MediaType.APPLICATION_JSON, JSON.writeValueAsString(body));
    }

    /** Publishes keys (RFC 7517, section 8.5), which are the same for everybody and for a while. */
    public Mono<Void> keys(ServerWebExchange exchange, Map<String, ?> jwkSet, Duration maxAge) {
        return Mono.defer(() -> completePublic(exchange, JWK_SET, JSON.writeValueAsString(jwkSet), maxAge));
    }

    /** Hands out a script that pages include, which is the same for everybody and for a while. */
    public Mono<Void> script(ServerWebExchange exchange, String script, Duration maxAge) {
        return Mono.defer(() -> completePublic(exchange, SCRIPT, script, maxAge));
    }

    /**
     * The texts of some keys in every language there is, as JSON by language tag; a longer tag comes after its prefix.
     */
    public String texts(List<String> keys) {
        return JSON.writeValueAsString(languages.all(keys));
    }

    private Mono<Void> completePublic(ServerWebExchange exchange, MediaType type, String body, Duration maxAge) {
        ServerHttpResponse response = begin(exchange, HttpStatus.OK, "");
        response.getHeaders().setCacheControl(CacheControl.maxAge(maxAge).cachePublic());
        return complete(response, exchange, type, body);
    }

    /** Answers a browser that asks whether a page of another origin may call one of our endpoints. */
    Mono<Void> preflight(ServerWebExchange exchange) {
        return Mono.defer(() -> completePreflight(exchange));
    }

    /** The same for a route, with what it says. */
    public Mono<Void> preflight(ServerWebExchange exchange, Consumer<HttpHeaders> permission) {
        return Mono.defer(() -> completePreflight(exchange, permission));
    }

    private Mono<Void> completePreflight(ServerWebExchange exchange, Consumer<HttpHeaders> permission) {
        ServerHttpResponse response = begin(exchange, HttpStatus.NO_CONTENT, "");
        permission.accept(response.getHeaders());
        return response.setComplete();
    }

    private Mono<Void> completePreflight(ServerWebExchange exchange) {
        ServerHttpResponse response = begin(exchange, HttpStatus.NO_CONTENT, "");
        cors.allowMethods(exchange);
        return response.setComplete();
    }

    /** Answers with the image on every page, which is the same for everybody and, under its path, for ever. */
    Mono<Void> image(ServerWebExchange exchange, Logo logo) {
        return Mono.defer(() -> completeImage(exchange, logo));
    }

    private Mono<Void> completeImage(ServerWebExchange exchange, Logo logo) {
        ServerHttpResponse response = begin(exchange, HttpStatus.OK, "");
        response.getHeaders().setCacheControl("public, max-age=31536000, immutable");
        // An SVG opened by its address is a document of this origin, and may hold scripts.
        response.getHeaders().set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; sandbox");
        return complete(response, exchange, logo.type(), logo.content());
    }

    /** Answers a machine that wants to know nothing more than that it is done. */
    public Mono<Void> done(ServerWebExchange exchange) {
        return Mono.defer(() -> begin(exchange, HttpStatus.OK, "").setComplete());
    }

    public Mono<Void> problem(ServerWebExchange exchange, HttpStatus status, Map<String, ?> body) {
        return write(exchange, status, MediaType.APPLICATION_PROBLEM_JSON, JSON.writeValueAsString(body));
    }

    /**
     * Sends the browser on, by {@code GET} whatever the method was.
     *
     * @param location a path on this gateway, an endpoint of the IdP or an address from the configuration; encoded
     */
    public Mono<Void> redirect(ServerWebExchange exchange, String location) {
        return Mono.defer(() -> complete(exchange, location));
    }

    private Mono<Void> complete(ServerWebExchange exchange, String location) {
        boolean post = exchange.getRequest().getMethod().equals(HttpMethod.POST);
        ServerHttpResponse response = begin(exchange, post ? HttpStatus.SEE_OTHER : HttpStatus.FOUND, "");
        response.getHeaders().setLocation(URI.create(location));
        return response.setComplete();
    }

    private Mono<Void> write(ServerWebExchange exchange, HttpStatus status, MediaType type, String body) {
        return Mono.defer(() -> complete(begin(exchange, status, ""), exchange, type, body));
    }

    private static Mono<Void> complete(
            ServerHttpResponse response, ServerWebExchange exchange, MediaType type, String body) {
        return complete(response, exchange, type, body.getBytes(StandardCharsets.UTF_8));
    }

    private static Mono<Void> complete(
            ServerHttpResponse response, ServerWebExchange exchange, MediaType type, byte[] bytes) {
        response.getHeaders().setContentType(type);
        response.getHeaders().setContentLength(bytes.length);
        return exchange.getRequest().getMethod().equals(HttpMethod.HEAD)
                ? response.setComplete()
                : response.writeWith(Mono.just(response.bufferFactory().wrap(bytes)));
    }

    private ServerHttpResponse begin(ServerWebExchange exchange, HttpStatus status, String needs) {
        ServerHttpResponse response = exchange.getResponse();
        response.setStatusCode(status);
        protect(exchange, needs);
        cors.allow(exchange, status);
        return response;
    }

    /** Puts on the answer what every answer of ours has, whoever writes the rest of it. */
    void protect(ServerWebExchange exchange, String needs) {
        HttpHeaders headers = exchange.getResponse().getHeaders();
        headers.set(CorrelationId.HEADER, CorrelationId.of(exchange));
        headers.setCacheControl("no-store");
        headers.set("Content-Security-Policy", layout.contentSecurityPolicy(needs));
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("X-Frame-Options", "DENY");
        headers.set("Referrer-Policy", referrerPolicy(exchange));
        headers.set("Cross-Origin-Opener-Policy", "same-origin");
        if (publicUrl.isSecure()) {
            headers.set("Strict-Transport-Security", "max-age=31536000; includeSubDomains");
        }
    }

    /**
     * An authorization response has a code in its address, which is told to nobody. Elsewhere that would make browsers
     * send {@code Origin: null} with our own forms.
     */
    private String referrerPolicy(ServerWebExchange exchange) {
        boolean isCallback = exchange.getRequest().getPath().value().equals(paths.callback());
        return isCallback ? "no-referrer" : "same-origin";
    }
}
