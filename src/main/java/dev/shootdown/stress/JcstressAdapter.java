package dev.shootdown.stress;

import dev.shootdown.stress.PlannedConfiguration.CpuShare;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.openjdk.jcstress.Options;
import org.openjdk.jcstress.TestExecutor;
import org.openjdk.jcstress.infra.TestInfo;
import org.openjdk.jcstress.infra.collectors.InProcessCollector;
import org.openjdk.jcstress.infra.collectors.TestResult;
import org.openjdk.jcstress.infra.grading.HTMLReportPrinter;
import org.openjdk.jcstress.infra.runners.TestConfig;
import org.openjdk.jcstress.infra.runners.TestList;
import org.openjdk.jcstress.os.OSSupport;
import org.openjdk.jcstress.os.SchedulingClass;
import org.openjdk.jcstress.util.Environment;

/**
 * The one place that knows jcstress's own classes, with three helpers: {@link JcstressForks} makes its configurations,
 * {@link JcstressCpus} places them, {@link JcstressResults} reads its results. What comes in and goes out are this project's types.
 *
 * <p>jcstress is used for what it does in a fork: generated runners, iterations, arbiters, counting. What it does
 * around forks is replaced, because its own driver leaves out tests that do not fit the machine without a word, ends with
 * success if nothing ran, waits for ever for a fork that hangs, and cannot require that an outcome is seen.
 *
 * <p>Written against jcstress 0.16, whose classes are public but promise nothing.
 */
final class JcstressAdapter {
    private static final PrintStream NOWHERE =
            new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);

    private final StressEffort effort;
    private final Path scratch;
    private final InProcessCollector raw = new InProcessCollector();
    private final Map<Integer, SchedulingClass> placements = new HashMap<>();
    private final JcstressCpus cpus;

    /**
     * Finds out what this host can do, which takes a second.
     *
     * @param tests the tests to be run
     * @param effort how hard each fork works
     * @param scratch an empty directory for files that only the forks need
     */
    JcstressAdapter(Collection<PlannedTest> tests, StressEffort effort, Path scratch) {
        this.effort = effort;
        this.scratch = scratch;
        System.setProperty("jna.tmpdir", scratch.toString()); // Else the home directory keeps its native library.
        quietly(OSSupport::init);
        cpus = new JcstressCpus(
                tests.stream().mapToInt(test -> test.listed().actors()).max().orElse(1));
    }

    /**
     * Every stress test on the class path.
     *
     * @param loader finds what is on the class path
     * @throws PlanException if there is no list of them, or more than one, of which jcstress would read only the first
     */
    static List<ListedTest> listTests(ClassLoader loader) {
        List<URL> lists = testLists(loader);
        if (lists.isEmpty()) {
            throw new PlanException(
                    ExitCode.BROKEN,
                    "there is no META-INF/TestList on the class path: the stress tests were not compiled, or jcstress's"
                            + " annotation processor did not run (javac needs -proc:full)");
        }
        if (lists.size() > 1) {
            throw new PlanException(
                    ExitCode.BAD_INPUT,
                    "jcstress reads only the first META-INF/TestList, but there are " + lists.size()
                            + " on the class path: " + lists);
        }
        return TestList.tests().stream().map(JcstressAdapter::listed).toList();
    }

    private static List<URL> testLists(ClassLoader loader) {
        try {
            return Collections.list(loader.getResources(TestList.LIST.substring(1)));
        } catch (IOException e) {
            throw new PlanException(ExitCode.BAD_INPUT, "the class path cannot be read: " + e);
        }
    }

    private static ListedTest listed(String name) {
        TestInfo info = TestList.getInfo(name);
        return new ListedTest(name, info.binaryName(), info.threads());
    }

    /** Decides which forks there will be. */
    ForkSchedule schedule(Collection<PlannedTest> tests, Profile profile) {
        List<PlannedConfiguration> configurations = new ArrayList<>();
        Map<String, String> notRun = new HashMap<>();
        for (PlannedTest test : tests) {
            int actors = test.listed().actors();
            List<SchedulingClass> places = cpus.placements(actors, profile.placement());
            if (places.isEmpty()) {
                notRun.put(test.shortName(), "jcstress finds no way to place " + actors + " actors on this host");
            }
            for (CompileMode mode : profile.compileModes(test)) {
                places.forEach(place -> configurations.add(configuration(test, mode, place, places, configurations)));
            }
        }
        return new ForkSchedule(configurations, notRun);
    }

    private PlannedConfiguration configuration(
            PlannedTest test,
            CompileMode mode,
            SchedulingClass place,
            List<SchedulingClass> places,
            List<PlannedConfiguration> before) {
        int number = before.size() + 1;
        placements.put(number, place);
        String placement = places.size() == 1
                ? ""
                : "placement " + (places.indexOf(place) + 1) + " (" + Numbers.counted(place.numCores(), "core") + ", "
                        + Numbers.counted(place.numNodes(), "node") + ")";
        return new PlannedConfiguration(
                number, test, mode, placement, cpus.shareFor(test.listed().actors()));
    }

    /**
     * Runs all forks, as many at a time as there are CPUs for, and returns when the last one has ended. It waits for
     * forks that hang: ending them is the listener's task.
     *
     * @param crashes where crash reports of JVMs go
     */
    void run(ForkSchedule schedule, Path crashes, ForkListener listener) throws IOException {
        JcstressForks forks = new JcstressForks(effort, scratch, crashes, listener);
        for (CpuShare share : CpuShare.values()) {
            List<TestConfig> batch = new ArrayList<>();
            for (PlannedConfiguration planned : schedule.configurations()) {
                if (planned.cpus() == share) {
                    batch.add(forks.fork(planned, placement(planned)));
                }
            }
            Collections.reverse(batch); // jcstress takes the last one first.
            new TestExecutor(JcstressForks.QUIET, result -> collect(result, listener), cpus.scheduler(share))
                    .runAll(batch);
        }
    }

    private SchedulingClass placement(PlannedConfiguration planned) {
        return Objects.requireNonNull(
                placements.get(planned.number()), () -> planned.label() + " is of another schedule");
    }

    private void collect(TestResult result, ForkListener listener) {
        result.setEnv(Environment.getInstance());
        raw.add(result);
        if (result.getConfig() instanceof JcstressForks.Fork fork) {
            listener.finished(JcstressResults.converted(result, fork.planned()));
        }
    }

    /** Writes jcstress's own report on what has been run so far: an index and a page a test. */
    void writeHtml(Path directory) throws IOException {
        Options destination = new Options(new String[0]) {
            @Override
            public String getResultDest() {
                return directory.toString();
            }
        };
        new HTMLReportPrinter(destination, raw, NOWHERE).work();
    }

    /** jcstress reports on its probing in a dozen lines, all of which say that nothing there is fatal. */
    private static void quietly(Runnable probing) {
        PrintStream out = System.out;
        System.setOut(NOWHERE);
        try {
            probing.run();
        } finally {
            System.setOut(out);
        }
    }
}
