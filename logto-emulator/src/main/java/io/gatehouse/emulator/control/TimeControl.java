package io.gatehouse.emulator.control;

import io.gatehouse.emulator.http.Reply;
import io.gatehouse.emulator.http.Request;
import io.gatehouse.emulator.http.Response;
import io.gatehouse.emulator.http.Routes;
import io.gatehouse.emulator.session.AdjustableClock;
import io.gatehouse.emulator.session.Lifetime;
import io.gatehouse.emulator.session.Lifetimes;
import java.util.LinkedHashMap;
import java.util.Map;

/** Lifetimes, and what the emulator takes for the time of day. */
final class TimeControl {

    private static final String ROTATION_THRESHOLD = "rotation-threshold";

    private final Lifetimes lifetimes;
    private final AdjustableClock clock;

    TimeControl(Lifetimes lifetimes, AdjustableClock clock) {
        this.lifetimes = lifetimes;
        this.clock = clock;
    }

    void addTo(Routes routes) {
        routes.get("/control/lifetimes", _ -> showLifetimes())
                .on("PATCH", "/control/lifetimes", this::changeLifetimes)
                .get("/control/clock", _ -> showClock())
                .on("PUT", "/control/clock", this::setClock);
    }

    private Reply changeLifetimes(Request request) {
        Body body = Body.of(request);
        for (String name : body.object().propertyNames()) {
            if (name.equals(ROTATION_THRESHOLD)) {
                lifetimes.setRotationThreshold(body.numberOr(name, Lifetimes.USUAL_ROTATION_THRESHOLD));
            } else {
                Lifetime lifetime = Lifetime.of(name).orElseThrow(() -> new BadRequest("there is no lifetime " + name));
                lifetimes.set(lifetime, body.duration(name));
            }
        }
        return showLifetimes();
    }

    private Reply showLifetimes() {
        var shown = new LinkedHashMap<String, Object>(lifetimes.describe());
        shown.put(ROTATION_THRESHOLD, lifetimes.rotationThreshold());
        return Response.json(200, shown);
    }

    private Reply setClock(Request request) {
        clock.setOffset(Body.of(request).duration("offset"));
        return showClock();
    }

    private Reply showClock() {
        return Response.json(
                200,
                Map.of(
                        "offset",
                        clock.offset().toString(),
                        "now",
                        clock.instant().toString()));
    }
}
