package dev.shootdown.explore;

/** What a step does to its word: the methods of {@link dev.shootdown.memory.Words}, and what goes on beside them. */
enum WordAccess {
    /** A hart starts. Touches nothing. */
    BEGIN(Effect.NOTHING, Ordering.NONE, ""),
    GET(Effect.LOAD, Ordering.NONE, "get"),
    GET_OPAQUE(Effect.LOAD, Ordering.NONE, "getOpaque"),
    GET_ACQUIRE(Effect.LOAD, Ordering.ACQUIRE, "getAcquire"),
    /** No barrier for earlier stores: on x86 a plain load. What it adds to acquire, a total order of volatile loads, is left out. */
    GET_VOLATILE(Effect.LOAD, Ordering.ACQUIRE, "getVolatile"),
    /** A load that waits for a value. */
    AWAIT(Effect.LOAD, Ordering.ACQUIRE, "await"),
    /** A read-modify-write that waits for a value to change; {@link #AWAIT} if it changes nothing. */
    AWAIT_AND_UPDATE(Effect.LOAD_AND_STORE, Ordering.FULL, "awaitAndUpdate"),
    SET(Effect.STORE, Ordering.NONE, "set"),
    SET_OPAQUE(Effect.STORE, Ordering.NONE, "setOpaque"),
    SET_RELEASE(Effect.STORE, Ordering.RELEASE, "setRelease"),
    SET_VOLATILE(Effect.STORE, Ordering.FULL, "setVolatile"),
    COMPARE_AND_SET(Effect.LOAD_AND_STORE, Ordering.FULL, "compareAndSet"),
    GET_AND_SET(Effect.LOAD_AND_STORE, Ordering.FULL, "getAndSet"),
    GET_AND_ADD(Effect.LOAD_AND_STORE, Ordering.FULL, "getAndAdd"),
    GET_AND_BITWISE_OR(Effect.LOAD_AND_STORE, Ordering.FULL, "getAndBitwiseOr"),
    GET_AND_BITWISE_AND(Effect.LOAD_AND_STORE, Ordering.FULL, "getAndBitwiseAnd"),
    FULL_FENCE(Effect.NOTHING, Ordering.FULL, "fullFence"),
    /** A store goes into its hart's buffer (TSO). Others see nothing of it. */
    BUFFER(Effect.NOTHING, Ordering.NONE, "set"),
    /** The oldest store of a hart's buffer reaches memory (TSO). */
    DRAIN(Effect.STORE, Ordering.NONE, "drain"),
    /** A compare-and-set that found another value: orders as a volatile load. */
    COMPARE_FAILED(Effect.LOAD, Ordering.ACQUIRE, "compareAndSet");

    /** What an access does, as far as other harts can tell. */
    enum Effect {
        NOTHING,
        LOAD,
        STORE,
        LOAD_AND_STORE
    }

    /** How an access orders others. */
    enum Ordering {
        NONE,
        ACQUIRE,
        RELEASE,
        FULL
    }

    final boolean loads;
    final boolean stores;
    final Ordering ordering;
    /** The method of {@code Words}. */
    final String method;

    WordAccess(Effect effect, Ordering ordering, String method) {
        this.loads = effect == Effect.LOAD || effect == Effect.LOAD_AND_STORE;
        this.stores = effect == Effect.STORE || effect == Effect.LOAD_AND_STORE;
        this.ordering = ordering;
        this.method = method;
    }

    boolean touches() {
        return loads || stores;
    }

    /** Whether it goes into its hart's store buffer, where there is one (TSO): all stores but those with a full barrier. */
    boolean isBuffered() {
        return stores && ordering != Ordering.FULL;
    }

    /** Whether the order of two accesses to one word, by different harts, matters. */
    boolean conflictsWith(WordAccess other) {
        return touches() && other.touches() && (stores || other.stores);
    }

    /** What the word holds after this access, which stores, found {@code before}. */
    long apply(long before, long operand) {
        return switch (this) {
            case GET_AND_ADD -> before + operand;
            case GET_AND_BITWISE_OR -> before | operand;
            case GET_AND_BITWISE_AND -> before & operand;
            case SET, SET_OPAQUE, SET_RELEASE, SET_VOLATILE, GET_AND_SET, COMPARE_AND_SET, BUFFER, DRAIN -> operand;
            case AWAIT_AND_UPDATE -> throw new IllegalStateException(this + " stores what its update says");
            case BEGIN, GET, GET_OPAQUE, GET_ACQUIRE, GET_VOLATILE, AWAIT, FULL_FENCE, COMPARE_FAILED ->
                throw new IllegalStateException(this + " stores nothing");
        };
    }
}
