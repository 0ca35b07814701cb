package io.gatehouse.emulator.wire;

import io.gatehouse.emulator.http.ConnectionReset;
import io.gatehouse.emulator.http.Handler;
import io.gatehouse.emulator.http.Header;
import io.gatehouse.emulator.http.Json;
import io.gatehouse.emulator.http.Parameters;
import io.gatehouse.emulator.http.Reply;
import io.gatehouse.emulator.http.Request;
import io.gatehouse.emulator.http.Response;
import io.gatehouse.emulator.problem.OidcProblem;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Puts the counting and the faults around an endpoint's handler. */
public final class Wire {

    private final Faults faults = new Faults();
    private final Calls calls = new Calls();
    private final Clock clock;

    public Wire(Clock clock) {
        this.clock = clock;
    }

    public Faults faults() {
        return faults;
    }

    public Calls calls() {
        return calls;
    }

    /** The endpoint as the world sees it. Problems thrown by the handler become Logto's JSON. */
    public Handler expose(Endpoint endpoint, Handler handler) {
        return request -> {
            Instant start = clock.instant();
            Reply reply = new Exchange(endpoint, request, handler).run();
            record(endpoint, request, reply, start);
            return reply;
        };
    }

    private void record(Endpoint endpoint, Request request, Reply reply, Instant start) {
        Parameters form = request.form();
        var names = new TreeSet<>(request.query().names());
        names.addAll(form.names());
        calls.record(new Call(
                endpoint.label(),
                request.method(),
                form.first("grant_type").orElse(""),
                form.has("resource") ? form.all("resource") : request.query().all("resource"),
                form.first("organization_id").orElse(""),
                names,
                reply instanceof Response response ? response.status() : 0,
                start,
                Duration.between(start, clock.instant()).toMillis()));
    }

    private final class Exchange {

        private final Endpoint endpoint;
        private final Request request;
        private final Handler handler;
        private final String grantType;

        Exchange(Endpoint endpoint, Request request, Handler handler) {
            this.endpoint = endpoint;
            this.request = request;
            this.handler = handler;
            this.grantType = request.form().first("grant_type").orElse("");
        }

        Reply run() {
            take(Effect.Latency.class).forEach(it -> sleep(it.delay()));
            if (!take(Effect.Reset.class).isEmpty()) {
                return ConnectionReset.INSTANCE;
            }
            if (!take(Effect.DuplicateDelivery.class).isEmpty()) {
                act();
            }
            Reply reply = edited(act());
            take(Effect.LatencyAfter.class).forEach(it -> sleep(it.delay()));
            return take(Effect.LostResponse.class).isEmpty() ? reply : ConnectionReset.INSTANCE;
        }

        private Reply act() {
            Optional<Effect.Status> status = take(Effect.Status.class).stream().findFirst();
            if (status.isPresent()) {
                return answer(status.get());
            }
            try {
                refuseOnPurpose();
                return handler.handle(request);
            } catch (OidcProblem problem) {
                return problem.response();
            }
        }

        private static Response answer(Effect.Status status) {
            List<Header> headers = status.headers().entrySet().stream()
                    .map(it -> new Header(it.getKey(), it.getValue()))
                    .toList();
            return Response.of(status.status(), status.contentType(), status.body())
                    .with(headers);
        }

        /** The authorization endpoint refuses by itself: its errors travel in the authorization response. */
        private void refuseOnPurpose() {
            if (endpoint != Endpoint.AUTHORIZE) {
                faults.refuse(endpoint, grantType);
            }
        }

        private Reply edited(Reply reply) {
            if (!(reply instanceof Response response) || !response.isJson() || response.status() >= 400) {
                return reply;
            }
            List<Effect.ResponseField> edits = take(Effect.ResponseField.class);
            if (edits.isEmpty()) {
                return reply;
            }
            Map<String, @Nullable Object> members =
                    Json.readObject(response.body()).map(Json::members).orElseThrow();
            edits.forEach(it -> it.edit().apply(it.name(), members));
            return response.withBody(Json.write(members));
        }

        private <E extends Effect> List<E> take(Class<E> kind) {
            return faults.take(endpoint, grantType, kind);
        }
    }

    private static void sleep(Duration delay) {
        try {
            Thread.sleep(delay);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
