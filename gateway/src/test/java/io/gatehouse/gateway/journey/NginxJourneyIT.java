package io.gatehouse.gateway.journey;

import io.gatehouse.gateway.fixture.ChildProcess;
import io.gatehouse.gateway.fixture.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** nginx with {@code auth_request}. */
class NginxJourneyIT extends ForwardAuthJourney {

    @Override
    String name() {
        return "nginx";
    }

    @Override
    ChildProcess start(Path directory) throws IOException {
        Path here = directory.toAbsolutePath();
        Path file = Files.writeString(here.resolve("nginx.conf"), """
            daemon off;
            pid %1$s/pid;
            error_log stderr;
            events {}
            http {
                access_log off;
                client_body_temp_path %1$s/body;
                proxy_temp_path %1$s/proxy;
                fastcgi_temp_path %1$s/fastcgi;
                uwsgi_temp_path %1$s/uwsgi;
                scgi_temp_path %1$s/scgi;
            %2$s
            }
            """.formatted(here, documented("nginx.conf")));
        return run(here, List.of(Programs.nginx().toString(), "-c", file.toString(), "-p", here + "/"));
    }
}
