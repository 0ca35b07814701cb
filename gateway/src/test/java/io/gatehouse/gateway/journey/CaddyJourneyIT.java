package io.gatehouse.gateway.journey;

import io.gatehouse.gateway.fixture.ChildProcess;
import io.gatehouse.gateway.fixture.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Caddy with {@code forward_auth}. */
class CaddyJourneyIT extends ForwardAuthJourney {

    @Override
    String name() {
        return "caddy";
    }

    @Override
    ChildProcess start(Path directory) throws IOException {
        Path here = directory.toAbsolutePath();
        String withoutAdministration = "{\n\tadmin off\n}\n";
        Path file = Files.writeString(here.resolve("Caddyfile"), withoutAdministration + documented("Caddyfile"));
        return run(
                here,
                List.of(Programs.caddy().toString(), "run", "--config", file.toString(), "--adapter", "caddyfile"));
    }
}
