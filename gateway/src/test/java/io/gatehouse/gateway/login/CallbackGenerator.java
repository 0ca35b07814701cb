package io.gatehouse.gateway.login;

import io.gatehouse.gateway.fixture.HostileText;
import io.gatehouse.gateway.login.BegunSignIn.Parameter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Makes up callbacks, the same ones for the same random numbers. Each has at least one thing wrong with it that must
 * keep it from signing anybody in; all others are as good as they can be.
 */
final class CallbackGenerator {

    private static final List<String> NAMES = List.of(
            "state",
            "code",
            "iss",
            "error",
            "error_description",
            "error_uri",
            "session_state",
            "id_token",
            "STATE",
            "state[]",
            "state%00",
            "code[0]",
            "%73tate",
            "",
            "return_to",
            "constructor",
            "__proto__");

    private static final List<String> ERRORS = List.of(
            "access_denied", "login_required", "consent_required", "server_error", "invalid_target", "unknown_error");

    private static final List<String> METHODS =
            List.of("POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE", "PROPFIND", "get", "QUERY");

    private static final List<List<String>> AUDIENCES = List.of(
            List.of(
                    "Accept: text/html",
                    "Sec-Fetch-Site: cross-site",
                    "Sec-Fetch-Mode: navigate",
                    "Sec-Fetch-Dest: document"),
            List.of(
                    "Accept: text/html",
                    "Sec-Fetch-Site: cross-site",
                    "Sec-Fetch-Mode: navigate",
                    "Sec-Fetch-Dest: iframe"),
            List.of("Accept: */*", "Sec-Fetch-Site: same-origin", "Sec-Fetch-Mode: cors", "Sec-Fetch-Dest: empty"),
            List.of("Accept: text/html,application/xhtml+xml", "Accept-Language: zh-CN"),
            List.of("Accept: application/json"),
            List.of());

    private static final List<String> DETOURS = List.of("./", "/", "..;/auth/", "%2e/", "x/../", "\\");

    private static final List<String> ENDINGS = List.of("/", ";x=y", "%00", "%2f", "%3f", "%", "\\", "//");

    private static final List<String> VERSIONS = List.of(" HTTP/1.0", " HTTP/9.9", " http/1.1", "", " HTTP/1.1 x");

    private static final List<String> RAW_HEADERS = List.of(
            "X: GARBAGE",
            "Cookie: gatehouse-flow=GARBAGE",
            "Host: evil.exampleGARBAGE",
            "Host: [GARBAGE",
            "GARBAGE: x",
            "GARBAGE",
            " GARBAGE: folded",
            "Content-Length: -1",
            "Content-Length: 0\r\nContent-Length: 1",
            "Transfer-Encoding: GARBAGE",
            "Content-Length: 0\r\nTransfer-Encoding: chunked",
            "Upgrade: websocket\r\nConnection: upgrade",
            "Expect: GARBAGE",
            "Accept: GARBAGE",
            "Accept-Language: GARBAGE",
            "Referer: GARBAGE",
            "X-Forwarded-Prefix: /GARBAGE",
            "X-Forwarded-Host: evil.example");

    /** Long enough for anything real, and short enough for one line of a request. */
    private static final int LONG = 10_000;

    private final Random random;
    private final BegunSignIn good;
    private final BegunSignIn ofAnotherBrowser;
    private final Supplier<BegunSignIn> unfinished;
    private final String marker;

    /**
     * @param good has a code that would be taken
     * @param ofAnotherBrowser has one as well, for another flow
     * @param unfinished starts one more each time; its flow is used up by a wrong code
     */
    CallbackGenerator(Random random, BegunSignIn good, BegunSignIn ofAnotherBrowser, Supplier<BegunSignIn> unfinished) {
        this.random = random;
        this.good = good;
        this.ofAnotherBrowser = ofAnotherBrowser;
        this.unfinished = unfinished;
        this.marker = "zq" + HexFormat.of().toHexDigits(random.nextInt());
    }

    GeneratedCallback next() {
        return switch (random.nextInt(9)) {
            case 0 -> strangeParameters();
            case 1, 2 -> damagedResponse();
            case 3 -> wrongCode();
            case 4 -> damagedCookie();
            case 5 -> anotherCookie();
            case 6 -> anotherMethod();
            case 7 -> huge();
            default -> raw();
        };
    }

    private GeneratedCallback strangeParameters() {
        List<Parameter> parameters = IntStream.range(0, random.nextInt(10))
                .mapToObj(number -> new Parameter(one(NAMES), hostile()))
                .collect(Collectors.toCollection(ArrayList::new));
        String cookie = random.nextBoolean() ? good.cookieHeader() : "Cookie: gatehouse-flow=" + readable(hostile());
        return get("strange parameters", parameters, cookie);
    }

    /** State or issuer is not what it was, the code is missing or there twice, or there is an error as well. */
    private GeneratedCallback damagedResponse() {
        List<Parameter> parameters = new ArrayList<>(good.response(good.code()));
        switch (random.nextInt(4)) {
            case 0 -> damage(parameters, 0, random.nextInt(7));
            case 1 -> damage(parameters, 1, random.nextInt(7));
            // With another code at hand Logto would be asked, and the good flow be used up: see wrongCode().
            case 2 -> damage(parameters, 2, random.nextInt(4));
            default -> parameters.add(new Parameter("error", random.nextBoolean() ? one(ERRORS) : "x" + hostile()));
        }
        decorate(parameters);
        return get("damaged response", parameters, good.cookieHeader());
    }

    private void damage(List<Parameter> parameters, int index, int how) {
        Parameter sound = parameters.get(index);
        switch (how) {
            case 0 -> parameters.remove(index);
            case 1 -> parameters.set(index, new Parameter(sound.name(), ""));
            case 2 -> parameters.set(index, new Parameter(sound.name() + "%00", sound.value()));
            case 3 -> parameters.add(new Parameter(sound.name(), random.nextBoolean() ? sound.value() : hostile()));
            case 4 -> parameters.set(index, new Parameter(sound.name(), "x" + hostile()));
            case 5 -> parameters.set(index, new Parameter(sound.name(), changed(sound.value())));
            default ->
                parameters.set(index, new Parameter(sound.name(), sound.value().substring(1)));
        }
    }

    /** What means nothing, and an order of its own. */
    private void decorate(List<Parameter> parameters) {
        if (random.nextBoolean()) {
            parameters.add(new Parameter("session_state", hostile()));
        }
        Collections.shuffle(parameters, random);
    }

    private GeneratedCallback wrongCode() {
        BegunSignIn flow = unfinished.get();
        String code = random.nextInt(3) == 0 ? ofAnotherBrowser.code() : "x" + hostile();
        List<Parameter> parameters = new ArrayList<>(flow.response(code));
        decorate(parameters);
        return get("wrong code", parameters, flow.cookieHeader());
    }

    private GeneratedCallback damagedCookie() {
        String cookie = good.cookie();
        String damaged = switch (random.nextInt(6)) {
            case 0 -> changed(cookie);
            case 1 -> cookie.substring(0, random.nextInt(cookie.length()));
            case 2 -> withKid(cookie, "k2");
            case 3 -> cookie + readable(hostile()) + "x";
            case 4 -> cookie.repeat(2 + random.nextInt(40));
            default -> cookie + "; gatehouse-flow=" + ofAnotherBrowser.cookie();
        };
        return get("damaged cookie", good.response(good.code()), "Cookie: gatehouse-flow=" + damaged);
    }

    private GeneratedCallback anotherCookie() {
        String line = switch (random.nextInt(5)) {
            case 0 -> "X-No-Cookie: x";
            case 1 -> ofAnotherBrowser.cookieHeader();
            case 2 -> "Cookie: ,gatehouse-flow=" + good.cookie();
            case 3 -> "Cookie: __Host-gatehouse-flow=" + good.cookie();
            default -> "Cookie: gatehouse-flow=" + readable(hostile());
        };
        return get("another cookie", good.response(good.code()), line);
    }

    private GeneratedCallback anotherMethod() {
        String query = query(good.response(good.code()));
        boolean form = random.nextBoolean();
        String target = form ? "/auth/callback" : "/auth/callback?" + query;
        String line = one(METHODS) + " " + target + " HTTP/1.1";
        List<String> headers = headers(good.cookieHeader());
        headers.add("Content-Type: application/x-www-form-urlencoded");
        headers.add("Content-Length: " + (form ? query.length() : 0));
        return new GeneratedCallback("another method", line, headers, form ? query : "", marker, true);
    }

    private GeneratedCallback huge() {
        String value = "x" + HostileText.huge(random, marker, LONG);
        BegunSignIn pending = unfinished.get();
        Parameter state = new Parameter("state", good.state());
        return switch (random.nextInt(5)) {
            case 0 -> get("huge", List.of(new Parameter("state", value)), good.cookieHeader());
            case 1 -> get("huge", List.of(state, new Parameter("iss", value)), good.cookieHeader());
            case 2 -> get("huge", pending.response(value), pending.cookieHeader());
            case 3 -> get("huge", good.response(good.code()), "Cookie: gatehouse-flow=" + readable(value));
            default -> get("huge", Collections.nCopies(300, new Parameter(one(NAMES), marker)), good.cookieHeader());
        };
    }

    /** What no HTTP client would send. */
    private GeneratedCallback raw() {
        List<String> headers = headers("X-No-Cookie: x");
        headers.add(rawHeader(bytes()));
        return new GeneratedCallback("raw", rawLine(bytes()), headers, "", marker, false);
    }

    private String rawLine(String garbage) {
        String query = "?" + query(good.response(good.code()));
        String target = "/auth/callback" + query;
        return switch (random.nextInt(11)) {
            case 0 -> "GET " + target + garbage + " HTTP/1.1";
            case 1 -> "GET /auth/callback?code=" + garbage + "&state=" + garbage + " HTTP/1.1";
            case 2 -> "GET " + target + " x HTTP/1.1";
            case 3 -> "GET http://evil.example" + target + " HTTP/1.1";
            case 4 -> "GET " + target + "#" + marker + " HTTP/1.1";
            case 5 -> "GET /auth/" + one(DETOURS) + "callback" + query + " HTTP/1.1";
            case 6 -> "GET /auth/callback" + one(ENDINGS) + query + " HTTP/1.1";
            case 7 -> "GET " + target + one(VERSIONS);
            case 8 -> "G" + garbage + "T " + target + " HTTP/1.1";
            default -> "GET " + target + " HTTP/1.1";
        };
    }

    private String rawHeader(String garbage) {
        return one(RAW_HEADERS).replace("GARBAGE", garbage);
    }

    private GeneratedCallback get(String kind, List<Parameter> parameters, String cookie) {
        return GeneratedCallback.get(kind, "/auth/callback?" + query(parameters), headers(cookie), marker);
    }

    private List<String> headers(String cookie) {
        List<String> headers = new ArrayList<>(List.of("Host: localhost", cookie));
        headers.addAll(one(AUDIENCES));
        return headers;
    }

    private String hostile() {
        return HostileText.any(random, marker);
    }

    /** Another character at one place, but the last, of which base64url does not use every bit. */
    private String changed(String text) {
        int at = random.nextInt(text.length() - 1);
        char other = text.charAt(at) == 'A' ? 'B' : 'A';
        return text.substring(0, at) + other + text.substring(at + 1);
    }

    /** Any bytes but line ends, with which the request would have another shape. */
    private String bytes() {
        byte[] bytes = new byte[1 + random.nextInt(20)];
        random.nextBytes(bytes);
        return marker + new String(bytes, StandardCharsets.ISO_8859_1).replaceAll("[\r\n]", "\0");
    }

    private <T> T one(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    private static String query(List<Parameter> parameters) {
        return parameters.stream().map(Parameter::toString).collect(Collectors.joining("&"));
    }

    /** What can stand in a header. */
    private static String readable(String value) {
        return value.replaceAll("[^\\x21-\\x7e]", "_");
    }

    /** The same envelope, as if it had been sealed with another key of the ring. */
    private static String withKid(String cookie, String kid) {
        byte[] sealed = Base64.getUrlDecoder().decode(cookie);
        byte[] name = kid.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(name, 0, sealed, 2, name.length);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(sealed);
    }
}
