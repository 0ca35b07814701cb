package io.gatehouse.gateway.live;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.function.Function;

/**
 * What is made of a part of the configuration: when it is first needed, and forgotten together with that part. While
 * requests go on with a part that has been replaced there are two of it, each with its own. Safe for use by several
 * threads.
 *
 * @param <P> the part; told apart by identity
 * @param <T> what is made of it; must not hold the part
 */
public final class Derived<P, T> {

    private final Cache<P, T> made = Caffeine.newBuilder().weakKeys().build();
    private final Function<P, T> make;

    /** @param make never returns null */
    public Derived(Function<P, T> make) {
        this.make = make;
    }

    public T of(P part) {
        return made.get(part, make);
    }
}
