package io.gatehouse.emulator.session;

import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The lifetimes in force; they can change while the emulator runs and concern what is made from then on. Thread-safe.
 */
public final class Lifetimes {

    /** The share of a refresh token's life, in percent, after which using it rotates it. */
    public static final int USUAL_ROTATION_THRESHOLD = 70;

    private final Map<Lifetime, Duration> durations = new ConcurrentHashMap<>();
    private final AtomicInteger rotationThreshold = new AtomicInteger();

    public Lifetimes(Map<Lifetime, Duration> unusual, int rotationThreshold) {
        Arrays.stream(Lifetime.values()).forEach(it -> durations.put(it, it.usual()));
        durations.putAll(unusual);
        this.rotationThreshold.set(rotationThreshold);
    }

    public Duration of(Lifetime lifetime) {
        return durations.getOrDefault(lifetime, lifetime.usual());
    }

    /** The application's own, or the one in force where it chose none. */
    public Duration of(Lifetime lifetime, @Nullable Duration own) {
        return own == null ? of(lifetime) : own;
    }

    public void set(Lifetime lifetime, Duration duration) {
        durations.put(lifetime, duration);
    }

    public int rotationThreshold() {
        return rotationThreshold.get();
    }

    public void setRotationThreshold(int percent) {
        rotationThreshold.set(percent);
    }

    /** By label, as ISO 8601 durations. */
    public Map<String, String> describe() {
        var described = new TreeMap<String, String>();
        durations.forEach((lifetime, duration) -> described.put(lifetime.label(), duration.toString()));
        return described;
    }
}
