package io.gatehouse.emulator.client;

import io.gatehouse.emulator.directory.Application;
import io.gatehouse.emulator.directory.Directory;
import io.gatehouse.emulator.http.Parameters;
import io.gatehouse.emulator.http.Request;
import io.gatehouse.emulator.problem.OidcProblem;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/**
 * Client authentication with a secret, in the header or in the body (RFC 6749, section 2.3.1). Logto ties the method to
 * the kind of application, so assertions are refused although the metadata announce them.
 */
public final class ClientAuthentication {

    private static final List<String> CREDENTIALS = List.of("client_secret", "client_assertion");

    private final Directory directory;
    private final String issuer;

    public ClientAuthentication(Directory directory, String issuer) {
        this.directory = directory;
        this.issuer = issuer;
    }

    /**
     * The application that is calling.
     *
     * @throws OidcProblem {@code invalid_request} without exactly one mechanism, {@code invalid_client} if it proves
     *     nothing
     */
    public Application authenticate(Request request, Parameters form) {
        boolean basic = request.header("authorization").isPresent();
        long mechanisms = CREDENTIALS.stream().filter(form::has).count() + (basic ? 1 : 0);
        if (mechanisms > 1) {
            throw OidcProblem.invalidRequest("client authentication must only be provided using one mechanism");
        }
        if (mechanisms == 0 && !form.has("client_id")) {
            throw OidcProblem.invalidRequest("no client authentication mechanism provided");
        }
        if (!basic) {
            return verify(
                    form.first("client_id").orElse(""),
                    form.first("client_secret").orElse(""));
        }
        try {
            return withBasic(request.header("authorization").orElseThrow(), form);
        } catch (OidcProblem problem) {
            throw problem.status() == 401 ? problem.challenging("Basic", issuer) : problem;
        }
    }

    private Application withBasic(String header, Parameters form) {
        String[] credentials = decode(header);
        if (form.first("client_id").filter(it -> !it.equals(credentials[0])).isPresent()) {
            throw OidcProblem.invalidRequest("client_id mismatch");
        }
        return verify(credentials[0], credentials[1]);
    }

    private Application verify(String clientId, String secret) {
        return directory
                .applications()
                .find(clientId)
                .filter(it -> it.accepts(secret))
                .orElseThrow(OidcProblem::clientAuthenticationFailed);
    }

    private static String[] decode(String header) {
        try {
            String[] parts = header.split(" ", -1);
            String pair = new String(Base64.getDecoder().decode(parts[1]), StandardCharsets.UTF_8);
            String[] encoded = pair.split(":", 2);
            if (parts.length == 2 && parts[0].equalsIgnoreCase("basic") && encoded.length == 2) {
                return new String[] {
                    URLDecoder.decode(encoded[0], StandardCharsets.UTF_8),
                    URLDecoder.decode(encoded[1], StandardCharsets.UTF_8)
                };
            }
        } catch (IllegalArgumentException | IndexOutOfBoundsException _) {
            // not Base64, or nothing after the scheme: refused below like any other malformed header
        }
        throw OidcProblem.invalidRequest("invalid authorization header value format");
    }
}
