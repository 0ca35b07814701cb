package io.gatehouse.gateway.verify;

class ExpressVerifierIT extends TokenVerifierContract {

    private final SnippetServer express = new SnippetServer("express");

    @Override
    void start() {
        String node = SnippetServer.program("node");
        String npm = SnippetServer.program("npm");
        express.withSnippet("express.mjs")
                .withApp("app.mjs")
                .unless(
                        "node_modules/jose",
                        npm,
                        "install",
                        "--no-package-lock",
                        "--no-audit",
                        "--no-fund",
                        "express@5",
                        "jose@6")
                .start(signer, node, express.directory().resolve("app.mjs").toString());
    }

    @Override
    void stop() {
        express.stop();
    }

    @Override
    String url() {
        return express.url();
    }
}
