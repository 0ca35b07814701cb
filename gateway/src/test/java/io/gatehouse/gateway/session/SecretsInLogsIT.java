package io.gatehouse.gateway.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.gateway.fixture.Browser;
import io.gatehouse.gateway.fixture.Browser.Answer;
import io.gatehouse.gateway.fixture.Deployment;
import io.gatehouse.gateway.fixture.RunningDeployment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** CVE-2023-20866, CVE-2026-41838 and CVE-2026-40975: who reads a log or a document can take a session over. */
class SecretsInLogsIT {

    @RegisterExtension
    static final RunningDeployment RUNNING = new RunningDeployment(Map.of("LOGGING_LEVEL_ROOT", "TRACE"));

    private final Browser browser = new Browser();

    @Test
    void s47NothingThatOpensASessionIsLoggedAtAnyLevel() {
        Deployment deployment = RUNNING.get();
        Answer callback = browser.signIn(browser.open(url("/books")), "alice", "Wonderland-42!");
        List<String> secrets = new ArrayList<>(callback.locationParameters().get("code"));
        secrets.add(browser.cookies().get("gatehouse-flow"));
        browser.open(callback.location().toString());
        secrets.add(browser.cookies().get("gatehouse"));
        use();
        browser.open(callback.location().toString());
        browser.submit(url("/auth/sign-out"), Map.of());
        secrets.add(browser.cookies().get("gatehouse-out"));
        browser.fetch("GET", url("/books"));
        secrets.add(deployment.logto().secret());
        secrets.add(deployment.sessionKeys().substring("demo:".length()));
        // Forms of a token request, and every JWT there is.
        secrets.addAll(List.of("refresh_token=", "code_verifier=", "client_secret=", "Bearer ey", "eyJ"));

        List<String> written = deployment.replicas().stream()
                .flatMap(replica -> replica.output().lines())
                .toList();
        assertThat(written)
                .anyMatch(line -> line.contains(" TRACE i.l.c.p.CommandEncoder"))
                .anyMatch(line -> line.contains(" DEBUG r.n.h.s.HttpServerOperations"));
        assertThat(secrets)
                .allSatisfy(secret -> assertThat(written)
                        .filteredOn(line -> line.contains(secret))
                        .isEmpty());
    }

    /** What people do all day, and what goes wrong meanwhile; on both replicas. */
    private void use() {
        for (String path : List.of("/books", "/api/books", "/whoami", "/auth/sessions", "/a;b", "/auth/nowhere")) {
            RUNNING.get().replicas().forEach(replica -> browser.open(replica.url(path)));
        }
        browser.fetch("GET", url("/auth/session?extend=true"));
        browser.send("POST", url("/api/books"), "a=b", Map.of("Sec-Fetch-Site", "cross-site"));
        browser.send("GET", url("/whoami"), "", Map.of("Authorization", "Bearer eyX.eyX.eyX"));
    }

    private static String url(String path) {
        return RUNNING.get().a().url(path);
    }

    /** Spring makes such values of a generator that is not meant for secrets. */
    @Test
    void s47NobodyIsToldToMakeSecretsOfSpringsRandomValues() throws IOException {
        List<Path> found;
        try (Stream<Path> files = Files.walk(Path.of(".."))) {
            found = files.filter(SecretsInLogsIT::isRead)
                    .filter(SecretsInLogsIT::hasRandomValue)
                    .toList();
        }

        assertThat(found).isEmpty();
    }

    private static boolean isRead(Path file) {
        String path = file.toString();
        return path.matches(".*\\.(md|ya?ml|properties|tpl|env|example|json|conf|sh)") && !path.contains("/target/");
    }

    private static boolean hasRandomValue(Path file) {
        try {
            return Files.readString(file).contains("${random.");
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
