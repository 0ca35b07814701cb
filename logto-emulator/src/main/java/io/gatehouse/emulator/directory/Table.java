package io.gatehouse.emulator.directory;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Rows by key, in the order they were added. Thread-safe. */
public final class Table<T extends Record> {

    private final Map<String, T> rows = new LinkedHashMap<>();
    private final Function<T, String> key;

    public Table(Function<T, String> key) {
        this.key = key;
    }

    public synchronized Optional<T> find(String id) {
        return Optional.ofNullable(rows.get(id));
    }

    public synchronized Collection<T> all() {
        return List.copyOf(rows.values());
    }

    /** Adds the row, or replaces the one with its key. */
    public synchronized void put(T row) {
        rows.put(key.apply(row), row);
    }

    /** The changed row, or empty if there is none with this key. */
    public synchronized Optional<T> update(String id, UnaryOperator<T> change) {
        Optional<T> changed = find(id).map(change);
        changed.ifPresent(this::put);
        return changed;
    }

    public synchronized boolean remove(String id) {
        return rows.remove(id) != null;
    }
}
