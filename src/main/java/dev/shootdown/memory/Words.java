package dev.shootdown.memory;

/**
 * The seam: everything that two harts share is a 64-bit word reached through this interface.
 *
 * <p>The method names are {@link java.lang.invoke.VarHandle}'s access modes and mean the same; the package page maps them
 * to the kernel's. Under stress the only implementation loaded is {@link OffHeapWords}, so that calls inline to single
 * instructions; another engine may turn each access into a scheduling point. Protocol code cannot tell which it runs on.
 *
 * <p>An {@code offset} is a byte offset into the machine's image, a multiple of 8. An offset outside the image throws
 * {@link IndexOutOfBoundsException}. All methods may be called by any thread.
 */
public interface Words {
    /**
     * {@return the word, by a plain load: only for words that no other hart writes at this time}
     *
     * @param offset in bytes from the start of the image, a multiple of 8
     */
    long get(long offset);

    /**
     * Plain store: only for words that no other hart reads at this time.
     *
     * @param offset in bytes from the start of the image, a multiple of 8
     * @param value what is stored
     */
    void set(long offset, long value);

    /**
     * {@return the word, by a single-copy atomic load without ordering (READ_ONCE)}
     *
     * @param offset in bytes from the start of the image, a multiple of 8
     */
    long getOpaque(long offset);

    /**
     * Single-copy atomic store without ordering (WRITE_ONCE).
     *
     * @param offset in bytes from the start of the image, a multiple of 8
     * @param value what is stored
     */
    void setOpaque(long offset, long value);

    /**
     * {@return the word, by a load before all later accesses (smp_load_acquire)}
     *
     * @param offset in bytes from the start of the image, a multiple of 8
     */
    long getAcquire(long offset);

    /**
     * Store after all earlier accesses (smp_store_release).
     *
     * @param offset in bytes from the start of the image, a multiple of 8
     * @param value what is stored
     */
    void setRelease(long offset, long value);

    /**
     * {@return the word, by a load in the total order of volatile accesses}
     *
     * @param offset in bytes from the start of the image, a multiple of 8
     */
    long getVolatile(long offset);

    /**
     * Store in the total order of volatile accesses.
     *
     * @param offset in bytes from the start of the image, a multiple of 8
     * @param value what is stored
     */
    void setVolatile(long offset, long value);

    /**
     * Full-barrier compare-and-set; on failure it orders as a volatile load does.
     *
     * @param offset in bytes from the start of the image, a multiple of 8
     * @param expected what the word must be
     * @param value what it becomes then
     * @return whether it was, and so was changed
     */
    boolean compareAndSet(long offset, long expected, long value);

    /**
     * Full-barrier exchange.
     *
     * @param offset in bytes from the start of the image, a multiple of 8
     * @param value what is stored
     * @return the old value
     */
    long getAndSet(long offset, long value);

    /**
     * Full-barrier add.
     *
     * @param offset in bytes from the start of the image, a multiple of 8
     * @param delta what is added, modulo 2<sup>64</sup>
     * @return the old value
     */
    long getAndAdd(long offset, long delta);

    /**
     * Full-barrier or.
     *
     * @param offset in bytes from the start of the image, a multiple of 8
     * @param mask the bits to set
     * @return the old value
     */
    long getAndBitwiseOr(long offset, long mask);

    /**
     * Full-barrier and.
     *
     * @param offset in bytes from the start of the image, a multiple of 8
     * @param mask the bits to keep
     * @return the old value
     */
    long getAndBitwiseAnd(long offset, long mask);

    /** Orders all earlier accesses before all later ones (smp_mb). */
    void fullFence();

    /**
     * Waits until {@code condition} holds for the word, loaded with acquire ordering. The wait is bounded.
     *
     * @param offset in bytes from the start of the image, a multiple of 8
     * @param condition what to wait for; evaluated again and again
     * @param operand handed to the condition, so that conditions need not capture
     * @return the value that satisfied it
     * @throws WaitExpired if the condition did not become true within the bound; the message names the word, its last
     *     value, what was awaited, and every word of the machine that is not zero
     */
    long await(long offset, Condition condition, long operand);

    /**
     * Waits until {@code condition} holds for the word, and adds to the value that satisfied it, in one full-barrier
     * read-modify-write: nobody comes between the wait and the addition. The wait is bounded.
     *
     * @param offset in bytes from the start of the image, a multiple of 8
     * @param condition what to wait for; evaluated again and again
     * @param operand handed to the condition
     * @param delta what is added
     * @return the value that satisfied the condition, before the addition
     * @throws WaitExpired as {@link #await}
     */
    default long awaitAndAdd(long offset, Condition condition, long operand, long delta) {
        return awaitAndUpdate(offset, condition, operand, Update.ADD, delta);
    }

    /**
     * Waits until {@code condition} holds for the word, and changes the value that satisfied it, in one full-barrier
     * read-modify-write: nobody comes between the wait and the change. Where the update changes nothing, nothing is stored, and
     * this is {@link #await}. The wait is bounded.
     *
     * @param offset in bytes from the start of the image, a multiple of 8
     * @param condition what to wait for; evaluated again and again
     * @param awaited handed to the condition
     * @param update what becomes of the value
     * @param operand handed to the update
     * @return the value that satisfied the condition, before the update
     * @throws WaitExpired as {@link #await}
     */
    long awaitAndUpdate(long offset, Condition condition, long awaited, Update update, long operand);

    /** What a read-modify-write that waits makes of the word: a pure function. */
    @FunctionalInterface
    interface Update {
        /** The operand is added, modulo 2<sup>64</sup>. */
        Update ADD = Long::sum;

        /**
         * {@return what is stored in the place of {@code value}; the same if nothing is}
         *
         * @param value the word, as loaded
         * @param operand what the waiter handed to the access
         */
        long apply(long value, long operand);
    }

    /** What a waiter waits for: a pure function of the word. */
    interface Condition {
        /**
         * {@return whether {@code value} ends the wait}
         *
         * @param value the word, as loaded
         * @param operand what the waiter handed to the wait
         */
        boolean holds(long value, long operand);

        /**
         * {@return the condition in words, for the message of a wait that expired}
         *
         * @param operand what the waiter handed to the wait
         */
        String describe(long operand);
    }
}
