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
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The sign-ins this browser has begun, oldest first: at most eight, and never more than a cookie can hold.
 *
 * <pre>
 * version (1) | burst: begin in epoch seconds (8), number (4)
 * for each: seed (16) | start in epoch seconds (8) | age (4) | session before (4) | each with its length (2): acr values, organization, target
 *     | number of parameters (1), and for each name and value with their lengths (2)
 * </pre>
 *
 * @param burst how many were begun of late, also of those that are forgotten
 */
record Flows(List<Flow> all, Burst burst) {

    static final Flows NONE = new Flows(List.of(), Burst.NONE);

    private static final int VERSION = 2;
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
        Burst next = burst.with(flow.startedAt());
        while (kept.size() > MAX_FLOWS || new Flows(kept, next).encode().length > MAX_BYTES) {
            kept.removeFirst();
        }
        return new Flows(kept, next);
    }

    Flows begunWithin(Duration lifetime, Instant now) {
        return new Flows(
                all.stream().filter(flow -> !flow.isOutlived(lifetime, now)).toList(), burst);
    }

    /** Whether more were begun of late than a person can begin. */
    boolean areTooMany(Instant now) {
        return burst.isTooLarge(now);
    }

    Optional<Flow> find(String state) {
        return all.stream().filter(flow -> flow.isState(state)).findFirst();
    }

    byte[] encode() {
        var bytes = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(bytes)) {
            out.writeByte(VERSION);
            out.writeLong(burst.since().getEpochSecond());
            out.writeInt(burst.begun());
            for (Flow flow : all) {
                write(flow, out);
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    private static void write(Flow flow, DataOutputStream out) throws IOException {
        out.write(HexFormat.of().parseHex(flow.seed()));
        out.writeLong(flow.startedAt().getEpochSecond());
        out.writeInt(flow.demand().maxAge());
        out.writeInt(flow.before());
        out.writeUTF(flow.demand().acrValues());
        out.writeUTF(flow.organization());
        out.writeUTF(flow.target().path());
        out.writeByte(flow.parameters().size());
        for (Map.Entry<String, String> parameter : flow.parameters().entrySet()) {
            out.writeUTF(parameter.getKey());
            out.writeUTF(parameter.getValue());
        }
    }

    /** The flows of a cookie; none if another release has written it in a form we do not know. */
    static Flows decode(byte[] encoded) {
        List<Flow> flows = new ArrayList<>();
        try (var in = new DataInputStream(new ByteArrayInputStream(encoded))) {
            if (in.readUnsignedByte() != VERSION) {
                return NONE;
            }
            Burst burst = new Burst(Instant.ofEpochSecond(in.readLong()), in.readInt());
            while (in.available() > 0) {
                flows.add(read(in));
            }
            return new Flows(flows, burst);
        } catch (IOException malformed) {
            return NONE;
        }
    }

    private static Flow read(DataInputStream in) throws IOException {
        String seed = HexFormat.of().formatHex(in.readNBytes(Flow.SEED_BYTES));
        Instant startedAt = Instant.ofEpochSecond(in.readLong());
        int maxAge = in.readInt();
        int before = in.readInt();
        Demand demand = new Demand(maxAge, in.readUTF());
        String organization = in.readUTF();
        ReturnTo target = ReturnTo.orHome(in.readUTF());
        return new Flow(seed, startedAt, target, demand, organization, readParameters(in), before);
    }

    private static Map<String, String> readParameters(DataInputStream in) throws IOException {
        Map<String, String> parameters = new HashMap<>();
        for (int left = in.readUnsignedByte(); left > 0; left--) {
            parameters.put(in.readUTF(), in.readUTF());
        }
        return parameters;
    }

    private static Flow shortened(Flow flow) {
        return Stream.of(flow, flow.to(flow.target().withoutQuery()))
                .filter(Flows::isShort)
                .findFirst()
                .orElseGet(() -> flow.to(ReturnTo.HOME));
    }

    private static boolean isShort(Flow flow) {
        return flow.target().path().length() <= MAX_TARGET_BYTES
                && new Flows(List.of(flow), Burst.NONE).encode().length <= MAX_BYTES;
    }

    /**
     * How many sign-ins were begun since a moment.
     *
     * @param since whole seconds
     */
    record Burst(Instant since, int begun) {

        private static final Burst NONE = new Burst(Instant.EPOCH, 0);

        /** A browser that comes up again with all its tabs begins many at once. */
        private static final int MAX = 30;

        private static final Duration WINDOW = Duration.ofSeconds(10);

        private Burst with(Instant next) {
            return next.isBefore(since.plus(WINDOW)) ? new Burst(since, begun + 1) : new Burst(next, 1);
        }

        private boolean isTooLarge(Instant now) {
            return begun >= MAX && now.isBefore(since.plus(WINDOW));
        }
    }
}
