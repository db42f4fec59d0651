package dev.shootdown.bench;

import dev.shootdown.riscv.TableShape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * {@code FastGup} beside the hand-written walk, fork after fork in turn, so that a machine that slows down for some seconds slows
 * down both. What counts is the median over the rounds of the ratio within a round.
 *
 * @param ratios of each round, the median iteration of the one over that of the other
 * @param median the middle one
 */
record PairedWalks(TableShape shape, List<Double> ratios, double median, List<Measurement> rounds) {
    private static final int ROUNDS = 9;
    private static final int ITERATIONS = 4;
    private static final TimeValue ITERATION = TimeValue.milliseconds(400);

    static PairedWalks measure(TableShape shape) throws RunnerException {
        List<Measurement> rounds = new ArrayList<>();
        List<Double> ratios = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            Measurement walk = fork("fastGup", shape);
            Measurement byHand = fork("handWritten", shape);
            rounds.add(walk);
            rounds.add(byHand);
            ratios.add(walk.median() / byHand.median());
        }
        return new PairedWalks(shape, ratios, median(ratios), rounds);
    }

    private static Measurement fork(String method, TableShape shape) throws RunnerException {
        return Measurement.of(new Runner(new OptionsBuilder()
                        .include("\\." + FastGupBenchmark.class.getSimpleName() + "\\." + method + "$")
                        .param("shape", shape.name())
                        .forks(1)
                        .warmupIterations(ITERATIONS)
                        .warmupTime(ITERATION)
                        .measurementIterations(ITERATIONS)
                        .measurementTime(ITERATION)
                        .addProfiler(GCProfiler.class)
                        .shouldFailOnError(true)
                        .build())
                .runSingle());
    }

    private static double median(List<Double> values) {
        List<Double> sorted = new ArrayList<>(values);
        Collections.sort(sorted);
        return sorted.get(sorted.size() / 2);
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%-14s fastGup %s ns, by hand %s ns, ratios %s",
                shape,
                medians("fastGup"),
                medians("handWritten"),
                shown(ratios, "%.2f"));
    }

    private String medians(String method) {
        return shown(
                rounds.stream()
                        .filter(each -> each.is(FastGupBenchmark.class, method))
                        .map(Measurement::median)
                        .toList(),
                "%.0f");
    }

    private static String shown(List<Double> values, String format) {
        return values.stream()
                .map(value -> String.format(Locale.ROOT, format, value))
                .collect(Collectors.joining(" "));
    }
}
