package io.gatehouse.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.gateway.fixture.TestKeys;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExplainTests {

    @TempDir
    Path directory;

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    @BeforeEach
    void writeConfiguration() throws IOException {
        Files.writeString(directory.resolve("application.yaml"), """
            server.forward-headers-strategy: none
            gatehouse:
              public-url: https://app.example
              logto: {endpoint: "https://tenant.logto.app", app-id: app, app-secret: s3cret}
              session.keys: %s
              organizations: {acme: org1}
              routes:
                - {id: public, path: /public/**, upstream: "http://app:3000", access: public}
                - id: admin
                  path: /admin/**
                  host: app.example
                  upstream: [http://admin:3000, http://admin2:3000]
                  relay: {token: access, resource: "https://api.example"}
                  rules:
                    - any: [role:admin, organization:acme]
                    - {id: writing, methods: [POST], all: ["scope:write:all", "network:10.0.0.0/8"]}
                    - {id: trial, all: ["claim:department equals sales"], shadow: true}
                    - {id: recent, methods: [DELETE], all: ["signed-in-within:5m"]}
              sites:
                shop:
                  public-url: https://shop.example
                  routes: [{id: shop, path: /**, upstream: "http://shop:3000", access: public}]
            """.formatted(TestKeys.entry("k1")));
    }

    @Test
    void hostOfASiteLeadsToItsRoutes() throws IOException {
        assertThat(explain(null, "GET", "https://shop.example/admin/users")).isZero();

        assertThat(printed()).contains("route     shop (/** to http://shop:3000)");
    }

    @Test
    void everythingThatDecidesIsPrinted() throws IOException {
        int status =
                explain("{\"sub\":\"u1\",\"organizations\":[\"org1\"]}", "POST", "https://app.example/admin/users?x=1");

        assertThat(status).isEqualTo(1);
        assertThat(printed()).isEqualToNormalizingNewlines("""
            request   POST https://app.example/admin/users?x=1
            route     admin (/admin/** to http://admin:3000 or http://admin2:3000)
            access    authenticated
            person    u1
            rule      admin.0: met
                        not met  role:admin
                        met      organization:acme
            rule      admin.writing: not met
                        not met  scope:write:all
                        not met  network:10.0.0.0/8
            rule      admin.trial: not met, only tried
                        not met  claim:department equals sales
            verdict   refused with 403 access-denied by admin.writing
            """);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET | https://app.example/public/x | {} | 0 | passes, to http://app:3000",
                "GET | https://app.example/admin/x | {\"sub\":\"a\",\"roles\":[\"admin\"]} | 0 | passes, to"
                        + " http://admin:3000 or http://admin2:3000",
                "GET | https://app.example/admin/x | | 1 | refused with 401 sign-in-required",
                "GET | https://app.example/admin/x | {\"sub\":\"a\"} | 1 | refused with 403 access-denied by admin.0",
                "DELETE | https://app.example/admin/x | {\"sub\":\"a\",\"roles\":[\"admin\"]} | 1 | refused with 401"
                        + " step-up-required by admin.recent",
                "GET | https://other.example/admin/x | {} | 1 | refused with 404 not-found",
                "GET | https://app.example/public/..%2fadmin/x | {} | 1 | refused with 400 ambiguous-path",
                "GET | https://app.example/auth/session | {} | 0 | passes, by the gateway itself",
            })
    void verdictIsThatOfTheGateway(String method, String url, String claims, int status, String verdict)
            throws IOException {
        assertThat(explain(claims, method, url)).isEqualTo(status);
        assertThat(printed()).endsWith("verdict   " + verdict + System.lineSeparator());
    }

    @Test
    void scopesAreThoseOfTheRelayedToken() throws IOException {
        Path token = Files.writeString(directory.resolve("token.json"), "{\"scope\":\"read:all write:all\"}");

        int status = explain(
                "{\"sub\":\"a\",\"roles\":[\"admin\"]}",
                "--token-claims",
                token.toString(),
                "--address",
                "10.1.1.1",
                "POST",
                "https://app.example/admin/x");

        assertThat(status).isZero();
    }

    @Test
    void mistakeIsNamedInPlaceOfAVerdict() throws IOException {
        assertThat(explain(null, "GET")).isEqualTo(2);
        assertThat(printed()).startsWith("usage: explain ");
        assertThat(explain("no JSON", "GET", "https://app.example/")).isEqualTo(2);
        assertThat(printed()).contains("cannot be read as a JSON object");
        assertThat(explain(null, "GET", "/path")).isEqualTo(2);
        assertThat(printed()).contains("'/path' is no URL");
        assertThat(explain(null, "GET", "https://app.example/", "--gatehouse.publicurl=ftp://x"))
                .isEqualTo(2);
        assertThat(printed()).contains("gatehouse.public-url");
    }

    private int explain(String claims, String... words) throws IOException {
        List<String> all = new ArrayList<>(List.of(words));
        all.add("--spring.config.location=" + directory + "/");
        if (claims != null) {
            Path file = Files.writeString(directory.resolve("claims.json"), claims);
            all.addAll(List.of("--claims", file.toString()));
        }
        return Explain.run(all, new PrintStream(printed, true, StandardCharsets.UTF_8));
    }

    private String printed() {
        return printed.toString(StandardCharsets.UTF_8);
    }
}
