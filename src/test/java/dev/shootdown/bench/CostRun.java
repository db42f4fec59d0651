package dev.shootdown.bench;

import dev.shootdown.race.Freeings;
import dev.shootdown.race.RaceConditions;
import dev.shootdown.race.Shootdowns;
import dev.shootdown.report.Costs;
import dev.shootdown.report.Costs.Cost;
import dev.shootdown.report.VerdictsDocument.Environment;
import dev.shootdown.stress.HostEnvironment;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import org.openjdk.jmh.runner.options.WarmupMode;

/**
 * Runs {@link CostBenchmark}: every strategy over every dispatcher, beside 1 to N walkers. All in this VM and not in forks, since
 * there are hundreds of combinations; all are warmed up before the first is measured, so that none is compiled for itself alone.
 *
 * @param iteration how long one of the iterations of a combination is
 * @param choice the parameters to run, by name; of those not named, all, but only strategies that {@linkplain
 *     CostSite#canGoOn can go on}
 */
record CostRun(TimeValue iteration, Map<String, String> choice) {
    private static final int ITERATIONS = 3;
    private static final int LEAST_MOST_WALKERS = 2;

    /** What a build with benchmarks runs: less than half a second for a combination. */
    static final CostRun WHOLE = new CostRun(TimeValue.milliseconds(50), Map.of());

    /** As many walkers as have a processor each beside the freer, but two at least. */
    static int mostWalkers() {
        int free = Runtime.getRuntime().availableProcessors() - 1;
        return Math.clamp(free, LEAST_MOST_WALKERS, RaceConditions.MAX_WALKERS);
    }

    Costs measure() throws RunnerException {
        List<Cost> costs = new ArrayList<>();
        for (int walkers = 1; walkers <= mostWalkers(); walkers++) {
            costs.addAll(measure(walkers));
        }
        HostEnvironment host = HostEnvironment.current();
        return new Costs(
                new Environment(host.cpu(), host.cpus(), host.jdk(), host.os(), host.hostModel()),
                Instant.now(),
                costs);
    }

    private List<Cost> measure(int walkers) throws RunnerException {
        Collection<RunResult> working = run(options("working", walkers, 1, walkers));
        Map<String, Double> idle = new HashMap<>();
        for (RunResult result : run(options("idle", walkers, walkers).param("shootdown", alone()))) {
            idle.put(aloneIn(result.getParams()), median(result.getPrimaryResult()));
        }
        return working.stream()
                .map(result -> cost(result, walkers, idle.get(aloneIn(result.getParams()))))
                .toList();
    }

    /** The dispatchers that walks without a freer are measured under: what would be sent to them makes no difference to these. */
    private String[] alone() {
        return Stream.of(Shootdowns.values())
                .filter(each -> choice.getOrDefault("shootdown", each.name()).equals(each.name()))
                .map(each -> alone(each).name())
                .distinct()
                .toArray(String[]::new);
    }

    /** But that under a local flush walkers enter and leave the mask. */
    private static Shootdowns alone(Shootdowns shootdown) {
        return shootdown == Shootdowns.LOCAL_ONLY ? Shootdowns.LOCAL_ONLY : Shootdowns.S_MODE_IPI;
    }

    private ChainedOptionsBuilder options(String group, int walkers, int... threads) {
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include("\\." + CostBenchmark.class.getSimpleName() + "\\." + group + "$")
                .param("walkers", Integer.toString(walkers))
                .threadGroups(threads)
                .forks(0)
                .warmupMode(WarmupMode.BULK)
                .warmupIterations(1)
                .warmupTime(iteration)
                .measurementIterations(ITERATIONS)
                .measurementTime(iteration)
                .verbosity(VerboseMode.SILENT)
                .shouldFailOnError(true);
        choice.forEach(options::param);
        if (!choice.containsKey("freeing")) {
            options.param("freeing", lasting());
        }
        return options;
    }

    private static String[] lasting() {
        return Stream.of(Freeings.values())
                .filter(CostSite::canGoOn)
                .map(Freeings::name)
                .toArray(String[]::new);
    }

    private static Collection<RunResult> run(ChainedOptionsBuilder options) throws RunnerException {
        return new Runner(options.build()).run();
    }

    /** What a walk alone depends on. */
    private static String aloneIn(BenchmarkParams parameters) {
        return parameters.getParam("freeing") + " " + alone(Shootdowns.valueOf(parameters.getParam("shootdown")));
    }

    private static double median(Result<?> result) {
        return result.getStatistics().getPercentile(50);
    }

    private static Cost cost(RunResult run, int walkers, double idleWalkNanos) {
        double operations = count(run, "operations");
        return new Cost(
                run.getParams().getParam("freeing"),
                run.getParams().getParam("shootdown"),
                walkers,
                walkers + 1 > Runtime.getRuntime().availableProcessors(),
                (long) operations,
                count(run, "interrupts") / operations,
                count(run, "machineModeFences") / operations,
                count(run, "waits") / operations,
                count(run, "freerNanos") / operations,
                count(run, "untilFreedNanos") / operations,
                median(run.getSecondaryResults().get("walk")),
                idleWalkNanos);
    }

    private static double count(RunResult run, String name) {
        return run.getSecondaryResults().get(name).getScore();
    }

    /** A line for people. */
    static String line(Cost cost) {
        return String.format(
                Locale.ROOT,
                "%-26s %-20s %d walkers%s %,10.0f ns, freed after %,10.0f ns, %5.2f interrupts, %5.2f M-mode fences, %5.2f waits,"
                        + " walks take %.2f times as long",
                cost.freeing(),
                cost.shootdown(),
                cost.walkers(),
                cost.oversubscribed() ? "*" : " ",
                cost.freerNanos(),
                cost.untilFreedNanos(),
                cost.interrupts(),
                cost.machineModeFences(),
                cost.hartsWaitedFor(),
                cost.slowdown());
    }
}
