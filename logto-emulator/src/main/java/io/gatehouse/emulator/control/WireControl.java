package io.gatehouse.emulator.control;

import io.gatehouse.emulator.http.Reply;
import io.gatehouse.emulator.http.Request;
import io.gatehouse.emulator.http.Response;
import io.gatehouse.emulator.http.Routes;
import io.gatehouse.emulator.wire.Fault;
import io.gatehouse.emulator.wire.Wire;
import java.util.LinkedHashMap;
import java.util.Map;

/** What was called, and what goes wrong on purpose. */
final class WireControl {

    private final Wire wire;
    private final FaultReader reader;

    WireControl(Wire wire, FaultReader reader) {
        this.wire = wire;
        this.reader = reader;
    }

    void addTo(Routes routes) {
        routes.get("/control/calls", _ -> showCalls())
                .on("DELETE", "/control/calls", _ -> forgetCalls())
                .get("/control/faults", _ -> showFaults())
                .post("/control/faults", this::addFault)
                .on("DELETE", "/control/faults", _ -> clearFaults());
    }

    private Reply showCalls() {
        return Response.json(
                200,
                Map.of("counts", wire.calls().counts(), "calls", wire.calls().newest()));
    }

    private Reply forgetCalls() {
        wire.calls().clear();
        return Response.empty(204);
    }

    private Reply showFaults() {
        return Response.json(
                200, wire.faults().all().stream().map(WireControl::view).toList());
    }

    private Reply addFault(Request request) {
        Fault fault = reader.read(Body.of(request));
        wire.faults().add(fault);
        return Response.json(201, view(fault));
    }

    private Reply clearFaults() {
        wire.faults().clear();
        return Response.empty(204);
    }

    private static Map<String, Object> view(Fault fault) {
        var view = new LinkedHashMap<>(fault.description());
        view.put("id", fault.id());
        view.put("remaining", fault.remaining());
        return view;
    }
}
