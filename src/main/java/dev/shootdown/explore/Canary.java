package dev.shootdown.explore;

import dev.shootdown.memory.ImageLayout;
import dev.shootdown.memory.Words;
import dev.shootdown.mm.AddressSpace.PublishOrder;
import dev.shootdown.race.FailsFrom;
import dev.shootdown.race.MemoryModel;
import dev.shootdown.race.Mutators;
import dev.shootdown.race.Race;
import dev.shootdown.race.Shootdowns;
import dev.shootdown.race.Verdict;
import dev.shootdown.race.Walkers;
import java.util.function.Predicate;

/**
 * Small programs whose failures are known from the books. An explorer that misses one, or sees one where there is none, is
 * not to be believed on anything else; so they come first in every run.
 */
public enum Canary {
    /** Two harts each look whether a word is zero, set it, and take it that they came first. */
    CHECK_THEN_ACT(FailsFrom.SC) {
        @Override
        Program program() {
            return new TwoHarts(name(), comesFirst(0), comesFirst(1), "1 1"::equals);
        }

        private static Body comesFirst(int register) {
            return (words, registers) -> {
                registers[register] = words.getOpaque(X) == 0 ? 1 : 0;
                words.setOpaque(X, 1);
            };
        }
    },
    /** A walker and a freer that look for each other without a full barrier: store buffers hide both. */
    TRACKER_WITH_READ_BARRIER(FailsFrom.TSO) {
        @Override
        Program program() {
            return new Tracker(Tracker.Between.READ_BARRIER);
        }
    },
    /** The same with full barriers. */
    TRACKER_WITH_FULL_BARRIER(FailsFrom.NEVER) {
        @Override
        Program program() {
            return new Tracker(Tracker.Between.FULL_BARRIER);
        }
    },
    /** A value and then a flag are stored without ordering; who sees the flag may miss the value. */
    MESSAGE_PASSING(FailsFrom.WEAK) {
        @Override
        Program program() {
            Body sends = (words, registers) -> {
                words.setOpaque(X, 1);
                words.setOpaque(Y, 1);
            };
            Body receives = (words, registers) -> {
                registers[0] = words.getOpaque(Y);
                registers[1] = words.getOpaque(X);
            };
            return new TwoHarts(name(), sends, receives, "1 0"::equals);
        }
    },
    /** The same in order: release and acquire. */
    MESSAGE_PASSING_IN_ORDER(FailsFrom.NEVER) {
        @Override
        Program program() {
            Body sends = (words, registers) -> {
                words.setOpaque(X, 1);
                words.setRelease(Y, 1);
            };
            Body receives = (words, registers) -> {
                registers[0] = words.getAcquire(Y);
                registers[1] = words.getOpaque(X);
            };
            return new TwoHarts(name(), sends, receives, "1 0"::equals);
        }
    },
    /** A table published without release: its entry may be seen before its contents. */
    PUBLISHED_WITHOUT_RELEASE(FailsFrom.WEAK) {
        @Override
        Program program() {
            return new RaceProgram(Race.of(Walkers.FAST_GUP)
                    .against(Mutators.POPULATE)
                    .where(conditions -> conditions.withPublishOrder(PublishOrder.ZERO_THEN_PLAIN)));
        }
    },
    /** The founding race: a table is freed in mid-walk, because the flush went by SBI. */
    FREED_TABLE(FailsFrom.SC) {
        @Override
        Program program() {
            return new RaceProgram(Race.of(Walkers.FAST_GUP).shootdown(Shootdowns.SBI_RFENCE));
        }
    };

    private static final long X = 0;
    private static final long Y = ImageLayout.CACHE_LINE;

    private final FailsFrom failsFrom;

    Canary(FailsFrom failsFrom) {
        this.failsFrom = failsFrom;
    }

    abstract Program program();

    /**
     * {@return what must come out under a model}
     *
     * @param model what it is explored under
     */
    public Verdict expected(MemoryModel model) {
        return ExploredRace.expected(failsFrom, model);
    }

    /**
     * Explores it.
     *
     * @param explorer the one that the races get
     * @param model what it is explored under
     * @return what came of it
     */
    public CanaryResult explore(Explorer explorer, MemoryModel model) {
        ExploreResult result = ExploreResult.of(() -> explorer.explore(program(), model, Reduction.SOURCE_SETS));
        return new CanaryResult(this, model, result);
    }

    /** What a hart does; the registers belong to the whole program. */
    @FunctionalInterface
    private interface Body {
        void run(Words words, long[] registers);
    }

    /** Two harts over two words; the two registers are the outcome. */
    private record TwoHarts(String name, Body first, Body second, Predicate<String> failure) implements Program {
        @Override
        public int harts() {
            return 2;
        }

        @Override
        public ImageLayout layout() {
            ImageLayout layout = new ImageLayout();
            layout.reserve("x", 1);
            layout.reserve("y", 1);
            return layout;
        }

        @Override
        public void prepare(Words words) {}

        @Override
        public Actors attach(Words words) {
            long[] registers = new long[2];
            return new Actors() {
                @Override
                public void run(int hart) {
                    (hart == 0 ? first : second).run(words, registers);
                }

                @Override
                public String outcome() {
                    return registers[0] + " " + registers[1];
                }

                @Override
                public boolean isFailure() {
                    return failure.test(outcome());
                }
            };
        }
    }
}
