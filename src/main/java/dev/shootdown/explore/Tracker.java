package dev.shootdown.explore;

import dev.shootdown.memory.ImageLayout;
import dev.shootdown.memory.Words;

/**
 * A freer that asks whether anybody walks, rather than wait for all who might: the walker sets its flag and reads the table,
 * the freer unhooks the table and reads the flag. Each must have a full barrier in between; the tracker that was proposed
 * for {@code tlb_remove_table_sync_one} had a read barrier in the freer.
 */
final class Tracker implements Program {
    private static final int WALKER = 0;
    private static final String FLAG = "flag";
    private static final String ENTRY = "entry";
    private static final String TABLE = "table";
    private static final long FREED = 2;

    private final Between between;
    private final ImageLayout layout = new ImageLayout();

    /** What stands between a side's store and its load. */
    enum Between {
        /** Nothing that orders a store before a load: fails where stores are delayed. */
        READ_BARRIER {
            @Override
            void order(Words words) {}
        },
        /** {@code smp_mb}: one of the two sees the other. */
        FULL_BARRIER {
            @Override
            void order(Words words) {
                words.fullFence();
            }
        };

        abstract void order(Words words);
    }

    Tracker(Between between) {
        this.between = between;
        layout.reserve(FLAG, 1);
        layout.reserve(ENTRY, 1);
        layout.reserve(TABLE, 1);
    }

    @Override
    public String name() {
        return "tracker/" + between;
    }

    @Override
    public int harts() {
        return 2;
    }

    @Override
    public ImageLayout layout() {
        return layout;
    }

    @Override
    public void prepare(Words words) {
        words.setOpaque(offsetOf(ENTRY), 1);
    }

    @Override
    public Actors attach(Words words) {
        return new Sides(words);
    }

    private long offsetOf(String word) {
        return layout.region(word).offset();
    }

    private final class Sides implements Actors {
        private final Words words;
        private final long flag = offsetOf(FLAG);
        private final long entry = offsetOf(ENTRY);
        private final long table = offsetOf(TABLE);
        private boolean readFreed;

        Sides(Words words) {
            this.words = words;
        }

        @Override
        public void run(int hart) {
            if (hart == WALKER) {
                walk();
            } else {
                unhookAndFree();
            }
        }

        private void walk() {
            words.setOpaque(flag, 1);
            between.order(words);
            // Acquire: the table is read after its entry.
            boolean hooked = words.getAcquire(entry) != 0;
            readFreed = hooked && words.getOpaque(table) == FREED;
            // Release: the walk's loads come before the flag goes down.
            words.setRelease(flag, 0);
        }

        private void unhookAndFree() {
            words.setOpaque(entry, 0);
            between.order(words);
            // Acquire: the read barrier, and pairs with the walker's release.
            if (words.getAcquire(flag) == 0) {
                words.setOpaque(table, FREED);
            }
        }

        @Override
        public String outcome() {
            return readFreed ? "READ_FREED_TABLE" : "HELD";
        }

        @Override
        public boolean isFailure() {
            return readFreed;
        }
    }
}
