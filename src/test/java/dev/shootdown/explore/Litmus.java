package dev.shootdown.explore;

import dev.shootdown.memory.ImageLayout;
import dev.shootdown.memory.Words;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/** A litmus test: harts over a few words, whose registers together are the outcome. */
record Litmus(String name, List<Body> bodies, Function<long[], String> show, Predicate<String> failure)
        implements Program {
    static final long X = 0;
    static final long Y = 64;

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
        return new Litmus(name, List.of(bodies), show, outcome -> false);
    }

    Litmus failingOn(Predicate<String> newFailure) {
        return new Litmus(name, bodies, show, newFailure);
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
        long[] registers = new long[8];
        return new Actors() {
            @Override
            public void run(int hart) {
                bodies.get(hart).run(words, registers);
            }

            @Override
            public String outcome() {
                return show.apply(registers);
            }

            @Override
            public boolean isFailure() {
                return failure.test(outcome());
            }
        };
    }
}
