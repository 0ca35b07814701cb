package io.gatehouse.gateway.verify;

import io.gatehouse.gateway.fixture.Browser.Answer;
import io.gatehouse.gateway.fixture.Programs;
import io.gatehouse.gateway.fixture.Upstream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** Debian's nginx with its module for njs, as installed or as its packages have it. */
class NginxVerifierIT extends VerifierContract {

    private static final Path MODULE = Path.of("/usr/lib/nginx/modules/ngx_http_js_module.so");

    private final SnippetServer nginx = new SnippetServer("nginx");
    private final Upstream upstream = new Upstream();

    @Override
    void start() {
        Path root = root();
        upstream.start();
        nginx.withSnippet("nginx.js").withSnippet("nginx.conf");
        write(configuration(root));
        nginx.start(
                signer,
                root.resolve("usr/sbin/nginx").toString(),
                "-p",
                nginx.directory().toString(),
                "-c",
                nginx.directory().resolve("main.conf").toString());
    }

    @Override
    void stop() {
        nginx.stop();
        upstream.stop();
    }

    @Override
    String url() {
        return nginx.url();
    }

    @Override
    String subject(Answer answer) {
        return upstream.received().getLast().headers().get("X-Subject");
    }

    private Path root() {
        if (Programs.find("nginx").isPresent() && Files.exists(MODULE)) {
            return Path.of("/");
        }
        Assumptions.assumeTrue(
                Programs.find("apt-get").isPresent(),
                "nginx with njs is not on this machine; run: sudo apt-get install nginx libnginx-mod-http-js");
        String download = "apt-get download nginx libnginx-mod-http-js";
        String unpack = "for it in *.deb; do dpkg -x $it root; done";
        nginx.unless("root", "sh", "-c", "(%1$s || (apt-get update && %1$s)) && %2$s".formatted(download, unpack));
        return nginx.directory().resolve("root");
    }

    /** What stands in the documentation, at addresses of this test. */
    private String configuration(Path root) {
        String http = read(nginx.directory().resolve("nginx.conf"))
                .replace("https://app.example.com", signer.publicUrl())
                .replace("127.0.0.1:8080", "127.0.0.1:" + nginx.port())
                .replace("http://127.0.0.1:3000", upstream.url())
                .replace(
                        "/etc/nginx/gatehouse.js",
                        nginx.directory().resolve("nginx.js").toString())
                .replace(
                        "/var/cache/nginx/gatehouse",
                        nginx.directory().resolve("cache").toString());
        return """
            load_module %s;
            daemon off;
            master_process off;
            pid pid;
            error_log stderr warn;
            events {}
            http {
            access_log off;
            client_body_temp_path temp;
            proxy_temp_path temp;
            fastcgi_temp_path temp;
            uwsgi_temp_path temp;
            scgi_temp_path temp;
            %s
            }
            """.formatted(root.resolve(MODULE.toString().substring(1)), http);
    }

    private void write(String configuration) {
        try {
            Files.writeString(nginx.directory().resolve("main.conf"), configuration);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
