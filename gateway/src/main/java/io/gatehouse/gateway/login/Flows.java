package io.gatehouse.gateway.login;

import io.gatehouse.gateway.edge.ReturnTo;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * The sign-ins this browser has begun, oldest first: at most eight, and never more than a cookie can hold.
 *
 * <pre>
 * version (1) | for each: seed (16) | start in epoch seconds (8) | reauthenticate (1) | length (2) and target
 * </pre>
 */
record Flows(List<Flow> all) {

    static final Flows NONE = new Flows(List.of());

    private static final int VERSION = 1;
    private static final int MAX_FLOWS = 8;

    /** A longer target keeps only its path. */
    private static final int MAX_TARGET_BYTES = 2048;

    /** Leaves the cookie below 3.5 KiB once it is sealed and encoded. */
    private static final int MAX_BYTES = 2500;

    Flows {
        all = List.copyOf(all);
    }

    /** These flows and a new one; the oldest make room for it. */
    Flows with(Flow flow) {
        List<Flow> kept = new ArrayList<>(all);
        kept.add(shortened(flow));
        while (kept.size() > MAX_FLOWS || new Flows(kept).encode().length > MAX_BYTES) {
            kept.removeFirst();
        }
        return new Flows(kept);
    }

    Flows begunWithin(Duration lifetime, Instant now) {
        return new Flows(
                all.stream().filter(flow -> !flow.isOutlived(lifetime, now)).toList());
    }

    Optional<Flow> find(String state) {
        return all.stream().filter(flow -> flow.isState(state)).findFirst();
    }

    byte[] encode() {
        var bytes = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(bytes)) {
            out.writeByte(VERSION);
            for (Flow flow : all) {
                out.write(HexFormat.of().parseHex(flow.seed()));
                out.writeLong(flow.startedAt().getEpochSecond());
                out.writeBoolean(flow.reauthenticate());
                out.writeUTF(flow.target().path());
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    /** The flows of a cookie; none if another release has written it in a form we do not know. */
    static Flows decode(byte[] encoded) {
        List<Flow> flows = new ArrayList<>();
        try (var in = new DataInputStream(new ByteArrayInputStream(encoded))) {
            if (in.readUnsignedByte() != VERSION) {
                return NONE;
            }
            while (in.available() > 0) {
                String seed = HexFormat.of().formatHex(in.readNBytes(Flow.SEED_BYTES));
                Instant startedAt = Instant.ofEpochSecond(in.readLong());
                boolean reauthenticate = in.readBoolean();
                flows.add(new Flow(seed, startedAt, ReturnTo.orHome(in.readUTF()), reauthenticate));
            }
            return new Flows(flows);
        } catch (IOException malformed) {
            return NONE;
        }
    }

    private static Flow shortened(Flow flow) {
        ReturnTo target = flow.target();
        ReturnTo pathOnly = target.path().length() > MAX_TARGET_BYTES ? target.withoutQuery() : target;
        ReturnTo shortest = pathOnly.path().length() > MAX_TARGET_BYTES ? ReturnTo.HOME : pathOnly;
        return new Flow(flow.seed(), flow.startedAt(), shortest, flow.reauthenticate());
    }
}
