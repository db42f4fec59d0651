package dev.shootdown.testing;

import dev.shootdown.memory.Words;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The race that everything here is about, in two words. The freer publishes an entry, clears it, waits by the mechanism
 * under test, and poisons what the entry led to. The reader, inside its section, follows the entry if it is there.
 */
public final class UnhookRace {
    /** Words of the image that the race needs. */
    public static final int WORDS = 16;

    private static final long POISON = -1L;
    private static final int READS_PER_SECTION = 64;
    private static final int ROUNDS_UNTIL_THE_FREER_WAITS = 8;
    private static final Duration LONG_ENOUGH = Duration.ofSeconds(1);

    private final Words words;
    private final long entry;
    private final long table;
    private final AtomicLong followed = new AtomicLong();
    private long readsAfterFree;

    /** The race on {@link #WORDS} words from {@code offset}. */
    public UnhookRace(Words words, long offset) {
        this.words = words;
        this.entry = offset;
        this.table = offset + 8L * Long.BYTES;
    }

    /** How a reader protects itself: does {@code reading} within a section. */
    @FunctionalInterface
    public interface Section {
        void around(Runnable reading);
    }

    /**
     * Plays {@code rounds} rounds, or fewer on a busy machine, the reader on a thread of its own. In the first and some
     * further rounds the freer does not unhook until the reader has followed the entry.
     */
    public UnhookRace play(int rounds, Section reader, Runnable waitForReaders) throws InterruptedException {
        AtomicBoolean over = new AtomicBoolean();
        Actor<Void> reading = Actor.start("reader", () -> {
            while (!over.get()) {
                reader.around(this::follow);
            }
        });
        try {
            long started = System.nanoTime();
            for (int round = 0; round < rounds && System.nanoTime() - started < LONG_ENOUGH.toNanos(); round++) {
                publish(round);
                unhookAndFree(waitForReaders);
            }
        } finally {
            over.set(true);
        }
        reading.finish();
        return this;
    }

    private void publish(int round) {
        long before = followed();
        words.setOpaque(table, round);
        words.setRelease(entry, 1);
        if (round % ROUNDS_UNTIL_THE_FREER_WAITS == 0) {
            Actor.await(() -> followed() > before);
        }
        for (int pause = 0; pause < round % 32; pause++) {
            Thread.onSpinWait();
        }
    }

    private void unhookAndFree(Runnable waitForReaders) {
        words.setOpaque(entry, 0);
        waitForReaders.run();
        words.setRelease(table, POISON);
    }

    private void follow() {
        if (words.getAcquire(entry) == 0) {
            return;
        }
        followed.setOpaque(followed.getPlain() + 1);
        for (int read = 0; read < READS_PER_SECTION; read++) {
            if (words.getOpaque(table) == POISON) {
                readsAfterFree++;
            }
        }
    }

    /** How often the reader found the entry: a race in which it never did shows nothing. */
    public long followed() {
        return followed.getOpaque();
    }

    /** How often the reader read what had been freed. */
    public long readsAfterFree() {
        return readsAfterFree;
    }
}
