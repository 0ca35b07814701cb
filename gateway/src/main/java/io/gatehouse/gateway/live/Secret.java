package io.gatehouse.gateway.live;

/** A secret that may be replaced while the gateway runs. Never printed. */
public final class Secret {

    private volatile String value;

    private Secret(String value) {
        this.value = value;
    }

    /** Reads one from configuration. */
    public static Secret of(String configured) {
        return new Secret(configured);
    }

    /** As it is now: whoever keeps it misses that it is replaced. */
    public String value() {
        return value;
    }

    /** What the other one says is what this one says from now on. */
    public void replaceWith(Secret other) {
        value = other.value;
    }

    /** Only whether there is one. */
    @Override
    public String toString() {
        return value.isBlank() ? "" : "set";
    }
}
