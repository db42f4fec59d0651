package dev.shootdown.stress;

import static dev.shootdown.stress.ExitCode.AS_EXPECTED;
import static dev.shootdown.stress.ExitCode.BROKEN;
import static dev.shootdown.stress.ExitCode.NOT_AS_EXPECTED;

import dev.shootdown.race.MemoryModel;
import dev.shootdown.race.Outcome;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a run may be believed, in both directions: nothing forbidden was seen, and everything that had to be
 * seen was.
 *
 * <p>A stress run that shows nothing is the normal case and the dangerous one, because a test that never ran looks the
 * same. So silence counts only if every planned fork ran to its end, took samples in which the race was really on
 * ({@link GateLimits}), and the broken twin of the race was seen to fail in the same run.
 *
 * <p>The gate is a function of its arguments: it reads no files and prints nothing.
 */
public final class Gate {
    private static final Set<String> KNOWN =
            Arrays.stream(Outcome.values()).map(Outcome::name).collect(Collectors.toUnmodifiableSet());

    private final Map<String, TestObservation> observations;
    private final MemoryModel host;
    private final GateLimits limits;
    private final List<Finding> findings = new ArrayList<>();

    private Gate(Collection<TestObservation> observations, MemoryModel host, GateLimits limits) {
        this.observations = observations.stream()
                .collect(Collectors.toMap(seen -> seen.test().shortName(), Function.identity()));
        this.host = host;
        this.limits = limits;
    }

    /**
     * Judges a run.
     *
     * @param planned the tests that had to run
     * @param observations what was seen of them
     * @param host the memory model of the machine it ran on
     * @param limits how much has to be seen
     * @return one finding for every reason not to believe the run, and notes on what this host cannot show
     */
    public static List<Finding> judge(
            List<PlannedTest> planned, Collection<TestObservation> observations, MemoryModel host, GateLimits limits) {
        Gate gate = new Gate(observations, host, limits);
        gate.judge(planned);
        return List.copyOf(gate.findings);
    }

    /**
     * {@return how a run with these findings ends}
     *
     * @param findings of all gates
     */
    public static ExitCode exitCode(Collection<Finding> findings) {
        return findings.stream().map(Finding::severity).reduce(AS_EXPECTED, ExitCode::or);
    }

    private void judge(List<PlannedTest> planned) {
        if (planned.isEmpty()) {
            findings.add(Finding.ofRun(
                    BROKEN, "No tests at all were planned, so nothing was shown: check META-INF/TestList."));
        }
        for (PlannedTest test : planned) {
            TestObservation seen = observations.get(test.shortName());
            if (seen == null) {
                add(test, BROKEN, "is missing: it was planned, but there is no trace of it in the results.");
            } else {
                judge(test, seen);
            }
        }
    }

    private void judge(PlannedTest test, TestObservation seen) {
        if (seen.notRun().isPresent()) {
            add(test, NOT_AS_EXPECTED, "was not run: " + seen.notRun().get() + ".");
            return;
        }
        judgeForks(test, seen);
        judgeOutcomes(test, seen);
        if (seen.samples() > 0) {
            switch (seen.expectedOn(host)) {
                case SAFE -> judgeSafe(test, seen);
                case UNSAFE -> judgeUnsafe(test, seen);
                case NOT_OBSERVABLE -> judgeNotObservable(test, seen);
            }
            judgeInterrupts(test, seen);
        }
    }

    private void judgeForks(PlannedTest test, TestObservation seen) {
        if (seen.results().size() < seen.planned()) {
            add(
                    test,
                    BROKEN,
                    "ran in fewer configurations than planned: "
                            + seen.results().size() + " of " + seen.planned() + ".");
        }
        seen.results().forEach(result -> judgeFork(test, result));
        if (seen.samples() == 0) {
            add(test, BROKEN, "took no samples at all, so its silence means nothing.");
        }
    }

    private void judgeFork(PlannedTest test, ConfigurationResult result) {
        String mode = result.configuration().mode();
        String why = result.firstMessage().map(message -> ": " + message).orElse("");
        switch (result.status()) {
            case HUNG -> add(test, BROKEN, "hung in " + mode + why + dump(result) + ".");
            case CRASHED -> add(test, BROKEN, "crashed in " + mode + why + ".");
            case ERROR -> add(test, BROKEN, "ended with an error in " + mode + why + ".");
            case COMPLETED -> judgeCompleted(test, result, mode, why);
        }
    }

    private void judgeCompleted(PlannedTest test, ConfigurationResult result, String mode, String why) {
        if (result.statistics().isEmpty()) {
            add(
                    test,
                    BROKEN,
                    "is unproven in " + mode
                            + ": its fork printed no statistics, so nobody knows whether the race was on" + why + ".");
        }
        if (result.samples() == 0) {
            add(test, BROKEN, "took zero samples in " + mode + ".");
        }
        long leaked = result.statistics()
                .map(statistics -> statistics.counter("poolOutstanding"))
                .orElse(0L);
        if (leaked != 0) {
            add(test, BROKEN, "did not give back " + Numbers.counted(leaked, "machine") + " in " + mode + ".");
        }
    }

    private static String dump(ConfigurationResult result) {
        return result.threadDump().map(file -> ", thread dump in " + file).orElse("");
    }

    private void judgeOutcomes(PlannedTest test, TestObservation seen) {
        for (String name : test.forbidden()) {
            long count = seen.count(Set.of(name));
            if (count > 0) {
                add(test, NOT_AS_EXPECTED, sawForbidden(test, seen, name, count));
            }
        }
        seen.outcomes().forEach((name, count) -> {
            if (!KNOWN.contains(name)
                    && !test.failures().contains(name)
                    && !test.claim().ownOutcomes().contains(name)) {
                add(
                        test,
                        BROKEN,
                        "recorded " + name + " in " + Numbers.counted(count, "sample")
                                + ", which is no outcome of a race.");
            }
        });
    }

    private static String sawForbidden(PlannedTest test, TestObservation seen, String name, long count) {
        String modes = seen.results().stream()
                .filter(result -> result.count(Set.of(name)) > 0)
                .map(result -> result.configuration().mode())
                .collect(Collectors.joining(", "));
        return "(expected " + test.race().expected() + ") showed the forbidden outcome " + name + " "
                + Numbers.counted(count, "time") + " in " + Numbers.counted(seen.samples(), "sample") + " (in " + modes
                + ").";
    }

    private void judgeSafe(PlannedTest test, TestObservation seen) {
        judgeRaced(test, seen.statistics());
        judgeTwin(test);
    }

    private void judgeRaced(PlannedTest test, ForkStatistics statistics) {
        if (statistics.contended() < limits.contended()) {
            add(test, NOT_AS_EXPECTED, tooFew("contended", statistics.contended(), limits.contended()));
        }
        if (test.claim().freesFrames() && statistics.freedInSample() < limits.freedInSample()) {
            add(test, NOT_AS_EXPECTED, tooFew("freed-in-sample", statistics.freedInSample(), limits.freedInSample()));
        }
    }

    private static String tooFew(String kind, long count, long limit) {
        return "is vacuous: only " + Numbers.counted(count, kind + " sample") + ", at least " + Numbers.grouped(limit)
                + " are needed before seeing no failure means anything.";
    }

    private void judgeTwin(PlannedTest test) {
        if (test.twin().isEmpty()) {
            add(
                    test,
                    NOT_AS_EXPECTED,
                    "is expected SAFE but names no broken twin, so nothing shows that it could fail.");
            return;
        }
        String name = test.twin().get();
        TestObservation twin = observations.get(name);
        if (twin == null || twin.count(twin.test().claim().requiredOutcomes()) == 0) {
            judgeSilentTwin(test, name, twin);
        }
    }

    private void judgeSilentTwin(PlannedTest test, String name, @Nullable TestObservation twin) {
        if (twin != null && twin.expectedOn(host) == StressExpectation.NOT_OBSERVABLE) {
            add(
                    test,
                    AS_EXPECTED,
                    "has no teeth on this host: a " + host + " machine cannot show how its twin " + name + " fails.");
        } else {
            add(test, NOT_AS_EXPECTED, "has no teeth: its broken twin " + name + " was not seen to fail in this run.");
        }
    }

    private void judgeUnsafe(PlannedTest test, TestObservation seen) {
        Set<String> required = new TreeSet<>(test.claim().requiredOutcomes());
        long hits = seen.count(required);
        if (hits == 0) {
            add(
                    test,
                    NOT_AS_EXPECTED,
                    "must fail on this " + host + " host, but none of " + required + " was seen in "
                            + Numbers.counted(seen.samples(), "sample") + ".");
        } else if (hits < limits.requiredHits()) {
            add(
                    test,
                    NOT_AS_EXPECTED,
                    "must fail on this " + host + " host, but " + required + " was seen only "
                            + Numbers.counted(hits, "time") + ", fewer than the "
                            + Numbers.grouped(limits.requiredHits())
                            + " required.");
        }
    }

    private void judgeNotObservable(PlannedTest test, TestObservation seen) {
        long hits = seen.count(test.claim().requiredOutcomes());
        String from = test.race().failsFrom().name();
        if (hits > 0) {
            add(
                    test,
                    NOT_AS_EXPECTED,
                    "failed " + Numbers.counted(hits, "time") + " on a " + host
                            + " host, although it is expected to fail only from " + from + " on.");
        } else {
            judgeRaced(test, seen.statistics());
            add(
                    test,
                    AS_EXPECTED,
                    "fails only from " + from + " on, which this " + host
                            + " host cannot show; nothing was required of it.");
        }
    }

    private void judgeInterrupts(PlannedTest test, TestObservation seen) {
        ForkStatistics statistics = seen.statistics();
        boolean both = statistics.interruptsSelf() > 0 && statistics.interruptsByProxy() > 0;
        if (test.claim().expectsInterrupts() && !both) {
            add(
                    test,
                    NOT_AS_EXPECTED,
                    "must take interrupts both ways, but the target took "
                            + Numbers.grouped(statistics.interruptsSelf()) + " itself and "
                            + Numbers.grouped(statistics.interruptsByProxy()) + " were taken in its place.");
        }
    }

    private void add(PlannedTest test, ExitCode severity, String predicate) {
        findings.add(Finding.ofTest(test.shortName(), severity, test.shortName() + " " + predicate));
    }
}
