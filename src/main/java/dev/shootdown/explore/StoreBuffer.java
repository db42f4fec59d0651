package dev.shootdown.explore;

import java.util.ArrayDeque;

/** A hart's stores that the others do not see yet, oldest first, each with what had happened before it. */
final class StoreBuffer {
    private record Store(long offset, long value, VectorClock clock) {}

    private final ArrayDeque<Store> stores = new ArrayDeque<>();

    void add(long offset, long value, VectorClock clock) {
        stores.addLast(new Store(offset, value, clock));
    }

    boolean isEmpty() {
        return stores.isEmpty();
    }

    void clear() {
        stores.clear();
    }

    long headOffset() {
        return stores.getFirst().offset();
    }

    VectorClock headClock() {
        return stores.getFirst().clock();
    }

    /** Removes the oldest store and returns its value. */
    long drain() {
        return stores.removeFirst().value();
    }

    boolean contains(long offset) {
        return stores.stream().anyMatch(store -> store.offset() == offset);
    }

    /** The youngest value stored at an offset, which must be there. */
    long youngest(long offset) {
        var backwards = stores.descendingIterator();
        while (backwards.hasNext()) {
            Store store = backwards.next();
            if (store.offset() == offset) {
                return store.value();
            }
        }
        throw new IllegalStateException("no store to offset " + offset + " in the buffer");
    }
}
