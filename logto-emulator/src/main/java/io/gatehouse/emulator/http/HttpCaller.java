package io.gatehouse.emulator.http;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** Blocking outbound calls over HTTP/1.1 that follow no redirect. */
public final class HttpCaller {

    /** The response, whatever its status. */
    public HttpResponse<String> send(HttpRequest request) throws IOException {
        try {
            return Client.SHARED.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (IOException) new InterruptedIOException().initCause(e);
        }
    }

    /** Made when first needed: setting up TLS would slow every start. */
    private static final class Client {

        static final HttpClient SHARED = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }
}
