package dev.shootdown.bench;

import dev.shootdown.report.Costs;
import dev.shootdown.report.ResultPaths;
import dev.shootdown.report.ResultWriter;
import dev.shootdown.report.VerdictsFile;
import dev.shootdown.riscv.TableShape;
import dev.shootdown.stress.PlanException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Runs the benchmarks and holds them to what they must reach: a walk costs at most {@value #MOST_OF_HAND_WRITTEN} times the
 * hand-written one ({@link PairedWalks}), a sample allocates nothing, the explorer is fast enough ({@link ExplorerRate}), and the
 * founding race is hit often enough ({@link HitRate}, from stress runs made before). Measures what strategies cost ({@link
 * CostRun}), of which nothing is required. Writes {@code bench.json}, and the pages of the results there again, with the costs.
 *
 * <p>Exit codes: 0 all hold; 1 one does not; 2 bad usage; 3 the run broke.
 */
public final class BenchMain {
    private static final double MOST_OF_HAND_WRITTEN = 1.25;
    private static final double LEAST_EXECUTIONS = 100_000;
    private static final double MOST_SECONDS = 60;
    /** JMH's own bookkeeping shows as a few thousandths of a byte. */
    private static final double NO_BYTES = 0.1;

    private BenchMain() {}

    private record Requirement(String name, double measured, double atMost, boolean holds) {
        static Requirement of(String name, double measured, double atMost) {
            return new Requirement(name, measured, atMost, measured <= atMost);
        }

        static Requirement atLeast(String name, double measured, double least) {
            return new Requirement(name + ", at least", measured, least, measured >= least);
        }
    }

    private record Report(
            int schema,
            List<Measurement> benchmarks,
            List<PairedWalks> walks,
            List<ExplorerRate> explorer,
            List<HitRate> hitRates,
            List<Requirement> requirements,
            Costs costs) {}

    public static void main(String[] arguments) {
        System.exit(run(arguments));
    }

    private static int run(String[] arguments) {
        boolean usable =
                arguments.length == 4 && arguments[0].equals("--results") && arguments[2].equals("--hit-rates");
        if (!usable) {
            System.err.println("usage: BenchMain --results DIRECTORY --hit-rates DIRECTORY");
            return 2;
        }
        try {
            List<HitRate> hitRates = HitRate.readAll(Path.of(arguments[3]));
            Report report = measureAll(hitRates);
            write(report, Path.of(arguments[1]));
            print(report);
            writePages(new ResultPaths(Path.of(arguments[1])));
            return report.requirements().stream().allMatch(Requirement::holds) ? 0 : 1;
        } catch (RunnerException | IOException | PlanException broken) {
            System.err.println("the benchmarks did not run: " + broken);
            return 3;
        }
    }

    private static List<Measurement> measure() throws RunnerException {
        Collection<RunResult> results = new Runner(new OptionsBuilder()
                        .include("\\." + SampleBenchmark.class.getSimpleName() + "\\.")
                        .forks(3)
                        .warmupIterations(3)
                        .warmupTime(TimeValue.milliseconds(700))
                        .measurementIterations(5)
                        .measurementTime(TimeValue.milliseconds(700))
                        .addProfiler(GCProfiler.class)
                        .shouldFailOnError(true)
                        .build())
                .run();
        return results.stream().map(Measurement::of).toList();
    }

    private static Report measureAll(List<HitRate> hitRates) throws RunnerException, IOException {
        // First, because it is measured in this VM, which other benchmarks would spoil.
        Costs costs = CostRun.WHOLE.measure();
        List<PairedWalks> walks = new ArrayList<>();
        for (TableShape shape : TableShape.values()) {
            walks.add(PairedWalks.measure(shape));
        }
        List<ExplorerRate> explorer = ExplorerRates.measure();
        return report(measure(), walks, explorer, hitRates, costs);
    }

    private static Report report(
            List<Measurement> measurements,
            List<PairedWalks> walks,
            List<ExplorerRate> explorer,
            List<HitRate> hitRates,
            Costs costs) {
        List<Requirement> requirements = new ArrayList<>();
        walks.forEach(walk -> requirements.add(
                Requirement.of("FastGup over hand-written, " + walk.shape(), walk.median(), MOST_OF_HAND_WRITTEN)));
        requirements.add(Requirement.atLeast(
                "executions a second, two harts, fast GUP, SC",
                explorer.getFirst().perSecond(),
                LEAST_EXECUTIONS));
        requirements.add(Requirement.of(
                "seconds to exhaust five harts, SC", explorer.getLast().millis() / 1e3, MOST_SECONDS));
        for (Measurement walk : measurements) {
            if (walk.is(SampleBenchmark.class, "sample")) {
                requirements.add(Requirement.of(
                        "bytes allocated per sample, "
                                + String.join(" ", walk.parameters().values()),
                        walk.bytesPerOp(),
                        NO_BYTES));
            }
        }
        hitRates.forEach(rate -> rate.leastRequired()
                .ifPresent(least -> requirements.add(
                        Requirement.atLeast("hits per active second, " + rate.mode(), rate.hitsPerSecond(), least))));
        return new Report(1, measurements, walks, explorer, hitRates, requirements, costs);
    }

    private static void write(Report report, Path directory) throws IOException {
        ObjectMapper mapper =
                JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
        Files.createDirectories(directory);
        Path unfinished = Files.createTempFile(directory, "bench", ".tmp");
        Files.writeString(unfinished, mapper.writeValueAsString(report));
        Files.move(
                unfinished,
                directory.resolve(Costs.FILE),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
    }

    /** Where a run has left its verdicts, their pages get the costs too. */
    private static void writePages(ResultPaths paths) throws IOException {
        if (Files.exists(paths.verdicts())) {
            ResultWriter.writePages(VerdictsFile.read(paths.verdicts()), paths);
        }
    }

    private static void print(Report report) {
        System.out.println();
        for (Measurement each : report.benchmarks()) {
            System.out.println(String.format(
                    Locale.ROOT,
                    "%-30s %-14s %9.2f ± %6.2f, median %9.2f %s %8.3f B/op",
                    each.benchmark(),
                    String.join(" ", each.parameters().values()),
                    each.score(),
                    each.error(),
                    each.median(),
                    each.unit(),
                    each.bytesPerOp()));
        }
        report.walks().forEach(System.out::println);
        report.explorer().forEach(System.out::println);
        report.costs().cells().forEach(cost -> System.out.println(CostRun.line(cost)));
        for (HitRate each : report.hitRates()) {
            System.out.println(String.format(
                    Locale.ROOT,
                    "SBI_RFENCE + REMOVE_PAGE       %-4s rendezvous %-4s %,12.0f hits/s of %,12.0f samples/s",
                    each.mode(),
                    each.rendezvous(),
                    each.hitsPerSecond(),
                    each.samplesPerSecond()));
        }
        for (Requirement each : report.requirements()) {
            System.out.println(String.format(
                    Locale.ROOT,
                    "%-6s %-45s %,.3f (limit %,.2f)",
                    each.holds() ? "holds" : "FAILS",
                    each.name(),
                    each.measured(),
                    each.atMost()));
        }
    }
}
