package io.gatehouse.bookstore;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An issuer of access tokens as far as the Bookstore sees it: keys to sign with, and a place where they are published.
 */
public final class Issuer implements AutoCloseable {

    /** Signs what {@link #token()} makes. */
    public final ECKey key = ecKey("published");

    /** Published as well, for tokens of an algorithm that is not asked for. */
    public final RSAKey rsaKey = rsaKey();

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicInteger fetches = new AtomicInteger();
    private final HttpServer server;

    private volatile Answer answer = Answer.of(200, new JWKSet(List.of(key, rsaKey)));

    public Issuer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        server.setExecutor(threads);
        server.createContext("/oidc/jwks", this::answerKeys);
        server.start();
    }

    public String uri() {
        return "http://localhost:" + server.getAddress().getPort() + "/oidc";
    }

    /** A valid token with both scopes, signed by {@link #key}. */
    public TestToken token() {
        return TestToken.of(this);
    }

    /** What the key endpoint says from now on. */
    public void answerKeysWith(Answer next) {
        answer = next;
    }

    /** How often the keys were asked for. */
    public int fetches() {
        return fetches.get();
    }

    public static ECKey ecKey(String id) {
        try {
            return new ECKeyGenerator(Curve.P_384)
                    .keyID(id)
                    .keyUse(KeyUse.SIGNATURE)
                    .algorithm(JWSAlgorithm.ES384)
                    .generate();
        } catch (JOSEException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static RSAKey rsaKey() {
        try {
            return new RSAKeyGenerator(2048)
                    .keyID("rsa")
                    .keyUse(KeyUse.SIGNATURE)
                    .generate();
        } catch (JOSEException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private void answerKeys(HttpExchange exchange) throws IOException {
        fetches.incrementAndGet();
        Answer now = answer;
        try (exchange) {
            Thread.sleep(now.delayMillis());
            byte[] body = now.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(now.status(), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    /** An answer of the key endpoint. */
    public record Answer(int status, String body, long delayMillis) {

        public static Answer of(int status, String body) {
            return new Answer(status, body, 0);
        }

        public static Answer of(int status, JWKSet keys) {
            return of(status, keys.toString());
        }

        public static Answer publishing(JWK... keys) {
            return of(200, new JWKSet(List.of(keys)));
        }
    }
}
