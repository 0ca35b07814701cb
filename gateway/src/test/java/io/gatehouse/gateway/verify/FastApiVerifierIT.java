package io.gatehouse.gateway.verify;

class FastApiVerifierIT extends TokenVerifierContract {

    private final SnippetServer fastApi = new SnippetServer("fastapi");

    @Override
    void start() {
        String python = fastApi.directory().resolve("venv/bin/python").toString();
        fastApi.withSnippet("fastapi_gatehouse.py")
                .withApp("app.py")
                .unless("venv", SnippetServer.program("python3"), "-m", "venv", "venv")
                .unless(
                        "venv/bin/uvicorn",
                        python,
                        "-m",
                        "pip",
                        "install",
                        "-q",
                        "fastapi",
                        "uvicorn",
                        "pyjwt[crypto]>=2.10")
                .start(signer, python, fastApi.directory().resolve("app.py").toString());
    }

    @Override
    void stop() {
        fastApi.stop();
    }

    @Override
    String url() {
        return fastApi.url();
    }
}
