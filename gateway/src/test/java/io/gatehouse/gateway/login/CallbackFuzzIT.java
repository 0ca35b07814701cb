package io.gatehouse.gateway.login;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.gateway.fixture.Browser;
import io.gatehouse.gateway.fixture.ErrorLog;
import io.gatehouse.gateway.fixture.RawClient;
import io.gatehouse.gateway.fixture.Scale;
import io.gatehouse.gateway.fixture.Stage;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Authorization responses that somebody has made up, or damaged on the way. None may be a defect or a session. */
class CallbackFuzzIT {

    private static final long SEED = Long.getLong("fuzz.seed", new SecureRandom().nextLong());
    private static final int CALLBACKS = Scale.of(2_000, 10_000);

    /** With the same good response, whose code Logto takes for a minute. */
    private static final int AT_ONCE = 200;

    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] (\\d{3})");

    /** What every answer of the gateway's own carries. */
    private static final List<String> OWN_HEADERS = List.of(
            "\r\nx-correlation-id: ",
            "\r\ncache-control: no-store\r\n",
            "\r\ncontent-security-policy: default-src 'none'",
            "\r\nx-content-type-options: nosniff\r\n",
            "\r\nx-frame-options: deny\r\n",
            "\r\nreferrer-policy: ",
            "\r\ncross-origin-opener-policy: same-origin\r\n");

    @RegisterExtension
    static final Stage STAGE = new Stage();

    @RegisterExtension
    final ErrorLog log = new ErrorLog();

    /** Where somebody is sent whose code Logto has refused. */
    private static final String AUTHORIZATION = "\r\nLocation: " + STAGE.logto().issuer() + "/auth?";

    private final Map<String, Integer> answers = new ConcurrentSkipListMap<>();
    private final List<String> complaints = new CopyOnWriteArrayList<>();

    @Test
    void noCallbackIsADefectOrASessionOrAnEcho() {
        for (int done = 0; done < CALLBACKS; done += AT_ONCE) {
            send(done);
        }

        System.out.printf(
                "%d callbacks, fuzz.seed=%d: %s; %d codes redeemed at Logto%n", CALLBACKS, SEED, answers, redeemed());
        assertThat(complaints).as("fuzz.seed=" + SEED).isEmpty();
        // What the IdP is said to have sent may be an error to an operator; what "failed" is one of ours.
        assertThat(log.errors()).allMatch(error -> error.endsWith(": request answered with a problem"));
        assertThat(STAGE.upstream().received()).isEmpty();
        assertThat(redeemed()).as("codes that only Logto can know to be wrong").isGreaterThan(CALLBACKS / 20);
    }

    private void send(int first) {
        BegunSignIn good = BegunSignIn.answered(STAGE);
        BegunSignIn other = BegunSignIn.answered(STAGE);
        IntStream.range(first, first + AT_ONCE)
                .parallel()
                .mapToObj(number -> new CallbackGenerator(
                                new Random(SEED + number), good, other, () -> BegunSignIn.asked(STAGE))
                        .next())
                .forEach(callback -> judge(callback, good));
        assertThat(STAGE.redis().keys()).allSatisfy(key -> assertThat(key).contains(":once:"));
        assertThatTheGoodOneMakesASession(good);
    }

    private void judge(GeneratedCallback callback, BegunSignIn good) {
        String answer = answer(callback);
        Matcher status = STATUS.matcher(answer);
        String code = status.lookingAt() ? status.group(1) : "none";
        List<String> wrong = new ArrayList<>();
        boolean startsOver = code.equals("302") && answer.contains(AUTHORIZATION);
        if (!code.startsWith("4") && !startsOver && !mayBeBare(callback, code)) {
            wrong.add("status " + code);
        }
        String lower = answer.toLowerCase(Locale.ROOT);
        if ((lower.contains("\r\nlocation:") && !startsOver) || lower.contains("\r\nset-cookie: gatehouse=")) {
            wrong.add("leads on");
        }
        if (lower.contains(callback.marker()) || answer.contains(good.code()) || answer.contains(good.state())) {
            wrong.add("echo");
        }
        boolean bare = !OWN_HEADERS.stream().allMatch(lower::contains);
        if (bare && !mayBeBare(callback, code)) {
            wrong.add("headers missing");
        }
        answers.merge(code + (bare ? " without a word" : ""), 1, Integer::sum);
        if (!wrong.isEmpty()) {
            complaints.add(wrong + " to " + callback + ": " + answer);
        }
    }

    /** What is no HTTP is refused by the server below us, by 4xx or by the end of the connection. */
    private static boolean mayBeBare(GeneratedCallback callback, String code) {
        return !callback.isHttp() && (code.startsWith("4") || code.equals("none"));
    }

    private static String answer(GeneratedCallback callback) {
        try {
            return RawClient.send(STAGE.url("/"), callback.text());
        } catch (UncheckedIOException broken) {
            return "broken off: " + broken.getCause();
        }
    }

    private static int redeemed() {
        return STAGE.logto()
                .control("GET", "calls", "")
                .path("counts")
                .path("token:authorization_code")
                .asInt(0);
    }

    /** And so it would have been all the time. */
    private static void assertThatTheGoodOneMakesASession(BegunSignIn good) {
        STAGE.gateway().clock().reset();
        Browser browser = new Browser().with("gatehouse-flow", good.cookie());

        browser.open(
                STAGE.url("/auth/callback?code=" + good.code() + "&state=" + good.state() + "&iss=" + good.issuer()));

        assertThat(browser.cookies()).containsKey("gatehouse");
        assertThat(STAGE.redis().sessions()).hasSize(1);
        STAGE.redis().clear();
    }
}
