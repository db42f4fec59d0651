package dev.shootdown.explore;

import dev.shootdown.memory.ImageLayout;
import dev.shootdown.memory.Words;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/** A litmus test: harts over a few words, whose registers together are the outcome. */
record Litmus(String name, List<Body> bodies, Function<long[], String> show, Predicate<String> failure, Shown shown)
        implements Program {
    static final long X = 0;
    static final long Y = 64;

    /** What belongs to the outcome. */
    enum Shown {
        REGISTERS,
        REGISTERS_AND_MEMORY
    }

    /** What a hart does; {@code registers} belongs to the whole test. */
    @FunctionalInterface
    interface Body {
        void run(Words words, long[] registers);
    }

    /** A test that shows its first {@code registers} registers. */
    static Litmus of(String name, int registers, Body... bodies) {
        Function<long[], String> show = values -> {
            StringBuilder text = new StringBuilder();
            for (int register = 0; register < registers; register++) {
                text.append(values[register]);
            }
            return text.toString();
        };
        return new Litmus(name, List.of(bodies), show, outcome -> false, Shown.REGISTERS);
    }

    Litmus failingOn(Predicate<String> newFailure) {
        return new Litmus(name, bodies, show, newFailure, shown);
    }

    /** The same, with what the words hold in the end as part of the outcome. */
    Litmus showingMemory() {
        return new Litmus(name, bodies, show, failure, Shown.REGISTERS_AND_MEMORY);
    }

    @Override
    public int harts() {
        return bodies.size();
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
        long[] registers = new long[9];
        return new Actors() {
            @Override
            public void run(int hart) {
                bodies.get(hart).run(words, registers);
            }

            @Override
            public String outcome() {
                String text = show.apply(registers);
                return switch (shown) {
                    case REGISTERS -> text;
                    case REGISTERS_AND_MEMORY -> text + " x=" + words.get(X) + " y=" + words.get(Y);
                };
            }

            @Override
            public boolean isFailure() {
                return failure.test(outcome());
            }
        };
    }

    @Override
    public String toString() {
        return name;
    }
}
