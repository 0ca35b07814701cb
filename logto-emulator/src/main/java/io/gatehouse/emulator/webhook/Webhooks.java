package io.gatehouse.emulator.webhook;

import io.gatehouse.emulator.directory.Table;
import io.gatehouse.emulator.http.HttpCaller;
import io.gatehouse.emulator.http.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Tells each webhook that asked for an event. Nobody waits for the delivery; a receiver that fails is tried three times
 * more.
 */
public final class Webhooks {

    private static final DateTimeFormatter MILLISECONDS =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter(Locale.ROOT);
    private static final int RETRIES = 3;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Table<Webhook> webhooks = new Table<>(Webhook::id);
    private final HttpCaller http = new HttpCaller();
    private final Clock clock;
    private final Duration firstPause;

    /**
     * Nobody is told yet.
     *
     * @param firstPause before the first retry; each further one waits twice as long
     */
    public Webhooks(Clock clock, Duration firstPause) {
        this.clock = clock;
        this.firstPause = firstPause;
    }

    public Table<Webhook> all() {
        return webhooks;
    }

    /**
     * Sends the event to everybody who asked for it.
     *
     * @param details what the body says besides {@code event}, {@code createdAt} and {@code hookId}
     */
    public void fire(String event, Map<String, @Nullable Object> details) {
        var payload = new LinkedHashMap<String, @Nullable Object>();
        payload.put("event", event);
        payload.put("createdAt", MILLISECONDS.format(clock.instant()));
        payload.putAll(details);
        webhooks.all().stream()
                .filter(it -> it.events().contains(event))
                .forEach(it -> Thread.startVirtualThread(() -> deliver(it, payload)));
    }

    private void deliver(Webhook webhook, Map<String, @Nullable Object> payload) {
        var addressed = new LinkedHashMap<>(payload);
        addressed.put("hookId", webhook.id());
        String body = Json.write(addressed);
        var request = HttpRequest.newBuilder(URI.create(webhook.url()))
                .timeout(PATIENCE)
                .header("content-type", "application/json")
                .header("user-agent", "Logto (https://logto.io/)")
                .header("logto-signature-sha-256", sign(webhook.signingKey().value(), body))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        for (int attempt = 0; attempt <= RETRIES; attempt++) {
            if (isDelivered(request)) {
                return;
            }
            pause(firstPause.multipliedBy(1L << attempt));
        }
    }

    private boolean isDelivered(HttpRequest request) {
        try {
            return http.send(request).statusCode() < 400;
        } catch (IOException _) {
            return false;
        }
    }

    private static void pause(Duration duration) {
        try {
            Thread.sleep(duration);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private static String sign(String key, String body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(body.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
    }
}
