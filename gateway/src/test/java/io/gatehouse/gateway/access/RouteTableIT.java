package io.gatehouse.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.gateway.fixture.ApiClient;
import io.gatehouse.gateway.fixture.Browser;
import io.gatehouse.gateway.fixture.RawClient;
import io.gatehouse.gateway.fixture.Stage;
import io.gatehouse.gateway.fixture.Upstream;
import io.gatehouse.gateway.fixture.Upstream.Received;
import io.gatehouse.gateway.route.RouteProperties;
import io.gatehouse.gateway.route.RouteTable;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.beans.factory.config.YamlMapFactoryBean;
import org.springframework.beans.factory.config.YamlPropertiesFactoryBean;
import org.springframework.core.io.ClassPathResource;

/** Every request of {@code route-table.yaml} by every person in it: which route takes it, and what becomes of it. */
class RouteTableIT {

    private static final ClassPathResource TABLE = new ClassPathResource("route-table.yaml", RouteTableIT.class);
    private static final Pattern REQUEST = Pattern.compile("(\\S+) (\\S+)(?: at (\\S+))?(?: from (\\S+))?");
    private static final Pattern REASON = Pattern.compile("\"reason\":\"([^\"]*)\"");

    private static final Upstream UPSTREAM = new Upstream();

    @RegisterExtension
    static final Stage STAGE = new Stage(routes());

    private final Map<String, String> credentials = new HashMap<>();

    /** Each tells its upstream which one it is. */
    private static Map<String, String> routes() {
        var reader = new YamlPropertiesFactoryBean();
        reader.setResources(TABLE);
        Map<String, String> settings = new HashMap<>();
        Stream.of("relay.token", "relay.resource", "relay.scopes", "relay.headers")
                .forEach(key ->
                        List.of(1, 2).forEach(number -> settings.put("gatehouse.routes[" + number + "]." + key, "")));
        reader.getObject().forEach((key, value) -> settings.put("gatehouse." + key, value.toString()));
        settings.keySet().removeIf(key -> !key.startsWith("gatehouse.routes"));
        List<String> ids = settings.keySet().stream()
                .filter(key -> key.endsWith("].id") && !key.contains("rules"))
                .toList();
        ids.forEach(id -> settings.put(id.replace("].id", "].request.set-headers"), "X-Route=" + settings.get(id)));
        ids.forEach(id -> settings.put(id.replace("].id", "].upstream"), UPSTREAM.url()));
        settings.put("gatehouse.organizations.acme", "acmebooks001");
        settings.put("gatehouse.trusted-proxies", "127.0.0.1");
        return settings;
    }

    @BeforeAll
    static void start() {
        UPSTREAM.start();
    }

    @AfterAll
    static void stop() {
        UPSTREAM.stop();
    }

    @BeforeEach
    void signEverybodyIn() {
        STAGE.logto().control("POST", "users", """
            {"username":"carol","password":"Carols-42!","name":"Carol","roles":["admin"]}\
            """);
        credentials.put("nobody", "");
        credentials.put("alice", cookie("alice", "Wonderland-42!"));
        credentials.put("bob", cookie("bob", "Builder-42!!"));
        credentials.put("carol", cookie("carol", "Carols-42!"));
        credentials.put("robot", "Authorization: Bearer " + new ApiClient(STAGE).token() + "\r\n");
    }

    private static String cookie(String user, String password) {
        Browser browser = new Browser();
        Browser.Answer callback =
                browser.signIn(browser.open(STAGE.url("/auth/sign-in?return_to=/public/x")), user, password);
        browser.open(callback.location().toString());
        return "Cookie: gatehouse=" + browser.cookies().get("gatehouse") + "\r\n";
    }

    @Test
    void everyRequestOfEverybodyBecomesWhatTheTableSays() {
        Map<String, Map<String, String>> expected = requests();

        Map<String, Map<String, String>> actual = expected.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> outcomes(entry.getKey(), entry.getValue())));

        assertThat(expected.values().stream().mapToInt(Map::size).sum()).isGreaterThanOrEqualTo(100);
        assertThat(actual).isEqualTo(expected);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Map<String, String>> requests() {
        var reader = new YamlMapFactoryBean();
        reader.setResources(TABLE);
        return (Map<String, Map<String, String>>) reader.getObject().get("requests");
    }

    private Map<String, String> outcomes(String request, Map<String, String> people) {
        return people.keySet().stream()
                .collect(Collectors.toMap(person -> person, person -> outcome(request, credentials.get(person))));
    }

    private static String outcome(String request, String credentials) {
        Matcher parts = REQUEST.matcher(request);
        assertThat(parts.matches()).as(request).isTrue();
        UPSTREAM.forget();
        String answer = RawClient.send(STAGE.url(""), head(parts) + credentials + "\r\n");
        int status = Integer.parseInt(answer.substring(9, 12));
        Matcher reason = REASON.matcher(answer);
        List<Received> received = UPSTREAM.received();
        assertThat(received).as(request).hasSize(status == 200 ? 1 : 0);
        if (reason.find()) {
            return reason.group(1);
        }
        return received.stream()
                        .map(it -> it.headers().get("X-Route"))
                        .findFirst()
                        .orElseGet(() -> taker(parts)) + " " + status;
    }

    /** What the gateway itself would name, where nothing of it can be seen from outside. */
    private static String taker(Matcher parts) {
        String path = URI.create(parts.group(2)).getRawPath();
        return STAGE.gateway()
                .bean(RouteTable.class)
                .find(parts.group(1), path, host(parts))
                .map(RouteProperties::id)
                .orElse("none");
    }

    private static String head(Matcher parts) {
        List<String> lines = new ArrayList<>();
        lines.add(parts.group(1) + " " + parts.group(2) + " HTTP/1.1");
        lines.add("Host: " + host(parts));
        lines.add("Connection: close");
        Optional.ofNullable(parts.group(4)).ifPresent(address -> lines.add("X-Forwarded-For: " + address));
        return String.join("\r\n", lines) + "\r\n";
    }

    private static String host(Matcher parts) {
        return Optional.ofNullable(parts.group(3))
                .orElse(URI.create(STAGE.url("")).getAuthority());
    }
}
