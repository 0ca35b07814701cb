package io.gatehouse.gateway.journey;

import io.gatehouse.gateway.fixture.ChildProcess;
import io.gatehouse.gateway.fixture.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Envoy with {@code ext_authz} over HTTP. */
class EnvoyJourneyIT extends ForwardAuthJourney {

    @Override
    String name() {
        return "envoy";
    }

    @Override
    ChildProcess start(Path directory) throws IOException {
        Path here = directory.toAbsolutePath();
        Path file = Files.writeString(here.resolve("envoy.yaml"), documented("envoy.yaml"));
        return run(
                here,
                List.of(
                        Programs.envoy().toString(),
                        "-c",
                        file.toString(),
                        "--disable-hot-restart",
                        "--concurrency",
                        "1"));
    }
}
