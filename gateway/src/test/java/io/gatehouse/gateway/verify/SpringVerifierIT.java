package io.gatehouse.gateway.verify;

import io.gatehouse.gateway.fixture.Jars;
import io.gatehouse.gateway.fixture.Programs;

/** A resource server, compiled from the documentation when it starts, with the libraries that the Bookstore has. */
class SpringVerifierIT extends TokenVerifierContract {

    private final SnippetServer spring = new SnippetServer("spring");

    @Override
    void start() {
        String jar = Programs.java().resolveSibling("jar").toString();
        spring.withSnippet("GatehouseSecurity.java")
                .withApp("App.java")
                .unless("BOOT-INF/lib", jar, "-xf", Jars.bookstore().toString(), "BOOT-INF/lib")
                .start(
                        signer,
                        Programs.java().toString(),
                        "-cp",
                        spring.directory().resolve("BOOT-INF/lib") + "/*",
                        spring.directory().resolve("App.java").toString(),
                        "--server.address=127.0.0.1",
                        "--server.port=" + spring.port(),
                        "--gatehouse.public-url=" + signer.publicUrl(),
                        "--gatehouse.route=" + Signer.ROUTE,
                        "--idp.issuer=" + signer.issuer(),
                        "--idp.resource=" + Signer.RESOURCE);
    }

    @Override
    void stop() {
        spring.stop();
    }

    @Override
    String url() {
        return spring.url();
    }
}
