package io.gatehouse.gateway.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.gateway.fixture.Browser;
import io.gatehouse.gateway.fixture.ErrorLog;
import io.gatehouse.gateway.fixture.FramedUpstream;
import io.gatehouse.gateway.fixture.FramedUpstream.Framed;
import io.gatehouse.gateway.fixture.Stage;
import io.gatehouse.gateway.fixture.WireCase;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * One request of a browser is never two to an upstream. Ways to write {@code Transfer-Encoding} so that two programs
 * disagree whether it is there, times ways to make use of that; and requests on which servers have been seen to
 * disagree. What is hidden in a body asks for a protected page without a session, so that nothing at all of it may ever
 * reach an upstream, whoever cuts the bytes into requests and how.
 */
class SmugglingMatrixIT {

    private static final String CHUNKED = "Transfer-Encoding: chunked";

    @RegisterExtension
    static final FramedUpstream UPSTREAM = new FramedUpstream();

    @RegisterExtension
    static final Stage STAGE = new Stage(
            Map.of("gatehouse.routes[0].upstream", UPSTREAM.url(), "gatehouse.routes[4].upstream", UPSTREAM.url()));

    @RegisterExtension
    final ErrorLog log = new ErrorLog();

    private final Browser browser = new Browser();

    @Test
    void noWayToWriteTransferEncodingMakesTwoRequestsOfOne() throws Exception {
        STAGE.signInAsAlice(browser);
        List<WireCase> cases = new ArrayList<>();
        for (String path : List.of("/public/", "/books/")) {
            codings()
                    .forEach((name, lines) -> techniques(lines)
                            .forEach((technique, request) -> cases.add(
                                    wireCase(technique + " " + name + " " + path, path, cases.size(), request))));
        }

        assertThat(cases).hasSize(2 * 57 * 8);
        assertThat(failures(WireCase.run(STAGE.url(""), cases), cases)).isEmpty();
        assertThat(log.errors()).isEmpty();
    }

    @Test
    void requestThatServersReadDifferentlyIsReadInOneWayOrRefused() throws Exception {
        STAGE.signInAsAlice(browser);
        List<WireCase> cases = new ArrayList<>();
        for (String path : List.of("/public/", "/books/")) {
            anomalies().forEach((name, request) -> cases.add(wireCase(name + " " + path, path, cases.size(), request)));
        }

        assertThat(failures(WireCase.run(STAGE.url(""), cases), cases)).isEmpty();
        assertThat(log.errors()).isEmpty();
    }

    @Test
    void requestThatIsNoneByTheLetterIsRefusedAndItsConnectionClosed() throws Exception {
        List<WireCase> cases = new ArrayList<>();
        malformed().forEach((name, request) -> cases.add(wireCase(name, "/public/", cases.size(), request)));

        List<WireCase.Outcome> outcomes = WireCase.run(STAGE.url(""), cases);

        assertThat(outcomes)
                .filteredOn(outcome -> outcome.status() < 400 || !outcome.isClosed())
                .extracting(outcome -> outcome.sent().name() + ": " + outcome.answer())
                .isEmpty();
        assertThat(UPSTREAM.received()).isEmpty();
        assertThat(log.errors()).isEmpty();
    }

    /** Every way to write the header, by the name it goes by among those who look for such things. */
    private static Map<String, String> codings() {
        Map<String, String> codings = new LinkedHashMap<>();
        codings.put("vanilla", CHUNKED);
        codings.put("underjoin1", "Transfer_Encoding: chunked");
        codings.put("spacejoin1", "Transfer Encoding: chunked");
        codings.put("space1", "Transfer-Encoding : chunked");
        codings.put("nameprefix1", "Foo: bar\r\n " + CHUNKED);
        codings.put("nameprefix2", "Foo: bar\r\n\t" + CHUNKED);
        codings.put("valueprefix1", "Transfer-Encoding:  chunked");
        codings.put("vertwrap", "Transfer-Encoding:\n\u000Bchunked");
        codings.put("connection", "Connection: Transfer-Encoding\r\n" + CHUNKED);
        codings.put("spjunk", "Transfer-Encoding x: chunked");
        codings.put("backslash", "Transfer\\Encoding: chunked");
        codings.put("spaceFF", "Transfer-Encoding:\u00FFchunked");
        codings.put("unispace", "Transfer-Encoding:\u00A0chunked");
        codings.put("commaCow", "Transfer-Encoding: chunked, cow");
        codings.put("cowComma", "Transfer-Encoding: cow, chunked");
        codings.put("contentEnc", "Content-Encoding: chunked");
        codings.put("quoted", "Transfer-Encoding: \"chunked\"");
        codings.put("aposed", "Transfer-Encoding: 'chunked'");
        codings.put("dualchunk", CHUNKED + "\r\n" + CHUNKED);
        codings.put("lazygrep", "Transfer-Encoding: chunk");
        codings.put("0dsuffix", CHUNKED + "\r");
        codings.put("tabsuffix", CHUNKED + "\t");
        codings.put("revdualchunk", "Transfer-Encoding: identity\r\n" + CHUNKED);
        codings.put("nested", "Transfer-Encoding: cow chunked bar");
        codings.put("encode", "Transfer-%45ncoding: chunked");
        codings.put("accentTE", "Transf\u00EBr-Encoding: chunked");
        codings.put("accentCH", "Transfer-Encoding: ch\u00FCnked");
        codings.put("nospace1", "Transfer-Encoding:chunked");
        codings.put("linewrapped1", "Transfer-Encoding:\n chunked");
        codings.put("gareth1", "Transfer-Encoding\n : chunked");
        codings.put("badsetupCR", "Foo: bar\r" + CHUNKED);
        codings.put("badsetupLF", "Foo: bar\n" + CHUNKED);
        codings.put("multiCase", "tRANSFER-ENCODING: chunked");
        codings.put("tabwrap", "Transfer-Encoding:\r\n\tchunked");
        codings.put("UPPERCASE", "TRANSFER-ENCODING: CHUNKED");
        codings.put("0dwrap", "Foo: bar\r\n\r" + CHUNKED);
        codings.put("0dspam", "Transfer\r-Encoding: chunked");
        codings.put("badwrap", "Garbage\r\n " + CHUNKED);
        codings.put("bodysplit", "Foo: bar\n\n" + CHUNKED);
        for (char special : new char[] {0, 9, 11, 12, 13, 127}) {
            codings.put("spacefix " + (int) special, "Transfer-Encoding:" + special + "chunked");
            codings.put("prefix " + (int) special, special + CHUNKED);
            codings.put("suffix " + (int) special, CHUNKED + special);
        }
        return codings;
    }

    /** Named by who is meant to go by which header. What is said of the length comes before the coding. */
    private static Map<String, String> techniques(String coding) {
        String hidden = "GET /books/hidden HTTP/1.1\r\nHost: localhost\r\n\r\n";
        String chunk = Integer.toHexString(hidden.length()) + "\r\n" + hidden + "\r\n0\r\n\r\n";
        String lines = coding + "\r\n";
        Map<String, String> requests = new LinkedHashMap<>();
        requests.put("CL.TE", request("POST", lines, "0\r\n\r\n" + hidden));
        requests.put("TE.CL", request("POST", "Content-Length: 4\r\n" + lines + "\r\n" + chunk));
        requests.put("CL.0", request("POST", lines, hidden));
        requests.put("0.CL", request("POST", "Content-Length: 0\r\n" + lines + "\r\n" + hidden));
        requests.put("TE.0", request("POST", lines + "\r\n" + chunk));
        requests.put("HEAD", request("HEAD", lines, "0\r\n\r\n" + hidden));
        requests.put("GET", request("GET", lines, "0\r\n\r\n" + hidden));
        requests.put("Expect", request("POST", "Expect: 100-continue\r\n" + lines, "0\r\n\r\n" + hidden));
        return requests;
    }

    private static String request(String method, String lines, String body) {
        return request(method, "Content-Length: " + body.length() + "\r\n" + lines + "\r\n" + body);
    }

    private static String request(String method, String rest) {
        return method + " @ HTTP/1.1\r\nHost: localhost\r\n$" + rest;
    }

    private static Map<String, String> anomalies() {
        Map<String, String> requests = new LinkedHashMap<>(malformed());
        for (String extension :
                List.of("5;a\nb\r\n", "5;a\rb\r\n", "5;a\r\n", "5 ;a\r\n", "5\t\r\n", "005\r\n", "5\n")) {
            requests.put("chunk " + shown(extension), chunked(extension + "hello\r\n0\r\n\r\n"));
        }
        requests.put("chunk ended by LF", chunked("5\r\nhello\n0\r\n\r\n"));
        requests.put("last chunk ended by LF", chunked("5\r\nhello\r\n0\n\n"));
        requests.put("last chunk of many digits", chunked("5\r\nhello\r\n00000000\r\n\r\n"));
        for (String trailer : List.of(
                "Authorization: Bearer forged",
                "Cookie: gatehouse=forged",
                "Content-Length: 3",
                CHUNKED,
                "Host: evil.example",
                "X-Auth-Email: forged",
                "X : forged")) {
            requests.put("trailer " + trailer, chunked("5\r\nhello\r\n0\r\n" + trailer + "\r\n\r\n"));
        }
        for (String version : List.of("HTTP/1.0", "HTTP/1.2", "HTTP/2.0", "HTTP/0.9", "http/1.1", "HTTP/1.1 x", "")) {
            requests.put("version " + version, "GET @ " + version + "\r\nHost: localhost\r\n$\r\n");
        }
        requests.put("LF only", "GET @ HTTP/1.1\nHost: localhost\n\n");
        requests.put("absolute form", "GET http://evil.example@ HTTP/1.1\r\nHost: localhost\r\n$\r\n");
        requests.put("no host", "GET @ HTTP/1.1\r\n$\r\n");
        requests.put("name above ASCII", request("GET", "X-\u0080\u00FF: a\r\n\r\n"));
        requests.put("DEL in a name", request("GET", "X\u007Fa: a\r\n\r\n"));
        requests.put("content_length", request("POST", "Content_Length: 5\r\n\r\n"));
        requests.put("blank line first", "\r\n\r\nGET @ HTTP/1.1\r\nHost: localhost\r\n$\r\n");
        requests.put("length twice, alike", request("POST", "Content-Length: 5\r\nContent-Length: 5\r\n\r\nhello"));
        requests.put("length as a list", request("POST", "Content-Length: 5, 5\r\n\r\nhello"));
        requests.put(
                "HTTP/1.0 with a coding",
                "POST @ HTTP/1.0\r\nHost: localhost\r\n$" + CHUNKED + "\r\n\r\n5\r\nhello\r\n0\r\n\r\n");
        return requests;
    }

    /** What nobody has to read, and what somebody would read otherwise. */
    private static Map<String, String> malformed() {
        Map<String, String> requests = new LinkedHashMap<>();
        for (String length : List.of("+5", "-5", "5_0", "0x5", "5 5", "5,6", "\"5\"", "99999999999999999999", "5a")) {
            requests.put("length " + length, request("POST", "Content-Length: " + length + "\r\n\r\nhello"));
        }
        requests.put("two lengths", request("POST", "Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello!"));
        for (String size : List.of("-5", "+5", "0x5", "5_", "FFFFFFFFFFFFFFFFF", "80000000", "x", "")) {
            requests.put("chunk size " + size, chunked(size + "\r\nhello\r\n0\r\n\r\n"));
        }
        for (String value : List.of("a\u0000b", "a\rb")) {
            requests.put("value " + shown(value), request("GET", "X: " + value + "\r\n\r\n"));
        }
        requests.put("space before colon", request("GET", "X : a\r\n\r\n"));
        requests.put("tab before colon", request("GET", "X\t: a\r\n\r\n"));
        requests.put("no name", request("GET", ": a\r\n\r\n"));
        requests.put("two hosts", request("GET", "Host: evil.example\r\n\r\n"));
        requests.put("blank before the first header", "GET @ HTTP/1.1\r\n X: a\r\nHost: localhost\r\n$\r\n");
        return requests;
    }

    private static String chunked(String body) {
        return request("POST", CHUNKED + "\r\n\r\n" + body);
    }

    private static String shown(String bytes) {
        return bytes.replace("\r", "CR").replace("\n", "LF").replace("\u0000", "NUL");
    }

    private WireCase wireCase(String name, String path, int number, String request) {
        String session = path.equals("/public/")
                ? ""
                : "Cookie: gatehouse=" + browser.cookies().get("gatehouse") + "\r\nSec-Fetch-Site: same-origin\r\n";
        return new WireCase(
                number + " " + name, request.replace("@", path + "c" + number).replace("$", session));
    }

    private static List<String> failures(List<WireCase.Outcome> outcomes, List<WireCase> cases) {
        List<String> failures = new ArrayList<>();
        outcomes.stream()
                .filter(SmugglingMatrixIT::isWrong)
                .forEach(outcome -> failures.add(outcome.sent().name() + " answered " + outcome.answer()));
        UPSTREAM.unframed().forEach(bytes -> failures.add("no request by the letter: " + bytes));
        UPSTREAM.received().stream()
                .filter(request -> !isOneOf(request, cases))
                .forEach(request -> failures.add(request.toString()));
        List<String> twice =
                repeated(UPSTREAM.received().stream().map(Framed::target).toList());
        List<String> notDecided = repeated(UPSTREAM.received().stream()
                .map(request -> request.values("X-Correlation-Id").toString())
                .toList());
        return Stream.of(failures, twice, notDecided).flatMap(List::stream).toList();
    }

    private static boolean isWrong(WireCase.Outcome outcome) {
        boolean isDefect = outcome.status() >= 500 && outcome.status() != 501 && outcome.status() != 505;
        return isDefect || (outcome.status() == 400 && !outcome.isClosed());
    }

    /** The target says which; its body is the one that was sent, by the letter. */
    private static boolean isOneOf(Framed request, List<WireCase> cases) {
        String number = request.target().replaceFirst("^/(public|books)/c", "");
        if (!number.matches("\\d+") || !isFramedPlainly(request)) {
            return false;
        }
        return request.body().equals(cases.get(Integer.parseInt(number)).body())
                && request.values("X-Correlation-Id").size() == 1
                && !request.toString().contains("forged");
    }

    /** No header of these that another program could take for one that says where the body ends. */
    private static boolean isFramedPlainly(Framed request) {
        return request.head()
                .lines()
                .skip(1)
                .map(line -> line.split(":", 2)[0].toLowerCase(Locale.ROOT))
                .filter(name -> name.replaceAll("[^a-z]", "").matches("transferencoding|contentlength"))
                .allMatch(name -> name.matches("transfer-encoding|content-length"));
    }

    private static List<String> repeated(List<String> all) {
        TreeSet<String> seen = new TreeSet<>();
        return all.stream()
                .filter(one -> !seen.add(one))
                .map(one -> "more than once: " + one)
                .toList();
    }
}
