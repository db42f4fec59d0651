package dev.shootdown.explore.faults;

import dev.shootdown.explore.Program;
import dev.shootdown.memory.ImageLayout;
import dev.shootdown.memory.Words;

/**
 * A program that says so when a hart goes round for ever: when a wait ends again and again on the same value. A hart that
 * waits for what it may serve itself, and then finds nothing to serve, does that after a request was lost.
 */
record Patience(Program program) implements Program {
    private static final int ROUNDS = 20;

    /** A wait that ended on the same value more often than any protocol here has reason to. */
    static final class GoesRoundForEver extends IllegalStateException {
        private static final long serialVersionUID = 1L;

        GoesRoundForEver(String word, long value) {
            super("a wait for " + word + " ends again and again on 0x" + Long.toHexString(value));
        }
    }

    @Override
    public String name() {
        return program.name();
    }

    @Override
    public int harts() {
        return program.harts();
    }

    @Override
    public ImageLayout layout() {
        return program.layout();
    }

    @Override
    public void prepare(Words words) {
        program.prepare(words);
    }

    @Override
    public Actors attach(Words words) {
        CountingWords counting = new CountingWords(words, layout());
        Actors actors = program.attach(counting);
        return new Actors() {
            @Override
            public void run(int hart) {
                counting.reset();
                actors.run(hart);
            }

            @Override
            public String outcome() {
                return actors.outcome();
            }

            @Override
            public boolean isFailure() {
                return actors.isFailure();
            }

            @Override
            public boolean isForbiddenAccess(int hart, long offset, Memory memory) {
                return actors.isForbiddenAccess(hart, offset, memory);
            }
        };
    }

    private static final class CountingWords extends ForwardingWords {
        private final ImageLayout layout;
        private long lastOffset;
        private long lastValue;
        private int rounds;

        CountingWords(Words inner, ImageLayout layout) {
            super(inner);
            this.layout = layout;
        }

        void reset() {
            rounds = 0;
        }

        @Override
        public long await(long offset, Condition condition, long operand) {
            long value = inner.await(offset, condition, operand);
            rounds = offset == lastOffset && value == lastValue ? rounds + 1 : 0;
            lastOffset = offset;
            lastValue = value;
            if (rounds > ROUNDS) {
                throw new GoesRoundForEver(layout.nameOf(offset), value);
            }
            return value;
        }
    }
}
