package io.gatehouse.gateway.verify;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.PlainHeader;
import com.nimbusds.jose.PlainObject;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** The gateway and the IdP as far as a verifier sees them: their keys, and what they have signed. */
final class Signer implements AutoCloseable {

    static final String ROUTE = "orders";
    static final String RESOURCE = "https://api.bookstore.local";

    private final HttpServer server;
    private final ECKey gateway = key(Curve.P_256, JWSAlgorithm.ES256);
    private final ECKey idp = key(Curve.P_384, JWSAlgorithm.ES384);

    Signer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        server.createContext("/auth/jwks", exchange -> send(exchange, gateway));
        server.createContext("/oidc/jwks", exchange -> send(exchange, idp));
        server.start();
    }

    String publicUrl() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    String issuer() {
        return publicUrl() + "/oidc";
    }

    /** The claims of a good assertion. */
    Map<String, Object> assertion(String method, String path) {
        long now = Instant.now().getEpochSecond();
        Map<String, Object> claims = new HashMap<>(Map.of("iss", publicUrl(), "aud", ROUTE, "sub", "alice"));
        claims.putAll(Map.of("htm", method, "htu", publicUrl() + path));
        claims.putAll(
                Map.of("iat", now, "exp", now + 60, "jti", UUID.randomUUID().toString()));
        return claims;
    }

    /** The claims of a good access token. */
    Map<String, Object> accessToken() {
        long now = Instant.now().getEpochSecond();
        Map<String, Object> claims = new HashMap<>(Map.of("iss", issuer(), "aud", RESOURCE, "sub", "alice"));
        claims.putAll(
                Map.of("iat", now, "exp", now + 3600, "jti", UUID.randomUUID().toString()));
        claims.putAll(Map.of("client_id", "bookstore-gateway", "scope", "read:books"));
        return claims;
    }

    String signAssertion(Map<String, Object> claims) {
        return sign(gateway, "gatehouse-assertion+jwt", gateway.getKeyID(), claims);
    }

    String signAccessToken(Map<String, Object> claims) {
        return sign(idp, "at+jwt", idp.getKeyID(), claims);
    }

    /** Signed, or not, in a way that proves nothing. */
    String forge(Forgery forgery, boolean isAssertion, Map<String, Object> claims) {
        ECKey key = isAssertion ? gateway : idp;
        String type = isAssertion ? "gatehouse-assertion+jwt" : "at+jwt";
        return switch (forgery) {
            case NONE ->
                new PlainObject(
                                new PlainHeader.Builder()
                                        .type(new JOSEObjectType(type))
                                        .build(),
                                new Payload(claims))
                        .serialize();
            case PUBLIC_KEY_AS_SECRET -> mac(key, type, claims);
            case UNKNOWN_KEY -> sign(key(key.getCurve(), algorithm(key)), type, "unknown", claims);
            case OTHER_KEY -> sign(key(key.getCurve(), algorithm(key)), type, key.getKeyID(), claims);
            case OTHER_TYPE -> sign(key, "JWT", key.getKeyID(), claims);
            case EDITED -> edited(sign(key, type, key.getKeyID(), claims), claims);
        };
    }

    /** What is wrong with a signature. */
    enum Forgery {
        NONE,
        PUBLIC_KEY_AS_SECRET,
        UNKNOWN_KEY,
        OTHER_KEY,
        OTHER_TYPE,
        EDITED
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private static String edited(String token, Map<String, Object> claims) {
        Map<String, Object> others = new HashMap<>(claims);
        others.put("sub", "admin");
        String[] parts = token.split("\\.");
        return parts[0] + "." + new Payload(others).toBase64URL() + "." + parts[2];
    }

    private static String mac(ECKey key, String type, Map<String, Object> claims) {
        try {
            byte[] secret = key.toPublicJWK().toJSONString().getBytes(StandardCharsets.UTF_8);
            JWSObject token = new JWSObject(header(JWSAlgorithm.HS256, type, key.getKeyID()), new Payload(claims));
            token.sign(new MACSigner(secret));
            return token.serialize();
        } catch (JOSEException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String sign(ECKey key, String type, String kid, Map<String, Object> claims) {
        try {
            JWSObject token = new JWSObject(header(algorithm(key), type, kid), new Payload(claims));
            token.sign(new ECDSASigner(key));
            return token.serialize();
        } catch (JOSEException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static JWSHeader header(JWSAlgorithm algorithm, String type, String kid) {
        return new JWSHeader.Builder(algorithm)
                .type(new JOSEObjectType(type))
                .keyID(kid)
                .build();
    }

    private static JWSAlgorithm algorithm(ECKey key) {
        return JWSAlgorithm.parse(key.getAlgorithm().getName());
    }

    private static ECKey key(Curve curve, JWSAlgorithm algorithm) {
        try {
            return new ECKeyGenerator(curve)
                    .keyID(UUID.randomUUID().toString())
                    .algorithm(algorithm)
                    .keyUse(KeyUse.SIGNATURE)
                    .generate();
        } catch (JOSEException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static void send(HttpExchange exchange, ECKey key) throws IOException {
        byte[] body = new JWKSet(key).toString(true).getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, body.length);
        try (exchange) {
            exchange.getResponseBody().write(body);
        }
    }
}
