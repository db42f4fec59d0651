package dev.shootdown.stress;

import dev.shootdown.stress.PlannedConfiguration.CpuShare;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Serial;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jcstress.Options;
import org.openjdk.jcstress.Verbosity;
import org.openjdk.jcstress.infra.TestInfo;
import org.openjdk.jcstress.infra.runners.SpinLoopStyle;
import org.openjdk.jcstress.infra.runners.TestConfig;
import org.openjdk.jcstress.infra.runners.TestList;
import org.openjdk.jcstress.os.CPUMap;
import org.openjdk.jcstress.os.SchedulingClass;

/** Turns planned forks into what jcstress runs. */
final class JcstressForks {
    static final Verbosity QUIET = new Verbosity(0);

    private final StressEffort effort;
    private final Path scratch;
    private final Path crashes;
    private final ForkListener listener;

    /**
     * @param effort how hard each fork works
     * @param scratch where files go that only the forks need
     * @param crashes where crash reports of JVMs go
     * @param listener is told when a fork starts
     */
    JcstressForks(StressEffort effort, Path scratch, Path crashes, ForkListener listener) {
        this.effort = effort;
        this.scratch = scratch;
        this.crashes = crashes;
        this.listener = listener;
    }

    /** A fork as jcstress wants it, that still knows what it was planned as. */
    Fork fork(PlannedConfiguration planned, SchedulingClass placement) {
        StressEffort own = effort.times(planned.test().claim().patience())
                .ofAtLeast(planned.compileMode().leastIteration());
        Options options = new ForkOptions(own, planned.cpus());
        TestInfo info = TestList.getInfo(planned.test().listed().name());
        List<String> arguments = new ArrayList<>(ForkArguments.of(planned, own, crashes));
        int mode = encoded(planned.compileMode());
        Path directives = directives(planned, new TestConfig(options, info, 0, arguments, mode, placement));
        arguments.add("-XX:CompilerDirectivesFile=" + directives);
        return new Fork(options, info, arguments, mode, placement, planned, listener);
    }

    /** jcstress writes the compilers' directives itself only after probing the JVM, which is left out here. */
    private Path directives(PlannedConfiguration planned, TestConfig config) {
        Path file = scratch.resolve("directives-" + planned.number());
        try (PrintWriter writer = new PrintWriter(Files.newBufferedWriter(file, StandardCharsets.UTF_8))) {
            config.generateDirectives(writer, QUIET);
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write compiler directives for " + planned.label(), e);
        }
    }

    /** jcstress numbers a mixture of compilers with one base-3 digit an actor, first actor lowest. */
    private static int encoded(CompileMode mode) {
        if (mode.actors().isEmpty()) {
            return org.openjdk.jcstress.vm.CompileMode.UNIFIED;
        }
        int code = 0;
        for (CompileMode.Actor actor : mode.actors().reversed()) {
            code = code * org.openjdk.jcstress.vm.CompileMode.MAX_MODES + digit(actor);
        }
        return code;
    }

    private static int digit(CompileMode.Actor actor) {
        return switch (actor) {
            case INT -> 0;
            case C1 -> 1;
            case C2 -> 2;
        };
    }

    /** A fork; jcstress assigns its CPUs right before it starts it. */
    static final class Fork extends TestConfig {
        @Serial
        private static final long serialVersionUID = 1L;

        private final transient PlannedConfiguration planned;
        private final transient ForkListener listener;

        private Fork(
                Options options,
                TestInfo info,
                List<String> arguments,
                int mode,
                SchedulingClass placement,
                PlannedConfiguration planned,
                ForkListener listener) {
            super(options, info, 0, List.copyOf(arguments), mode, placement);
            this.planned = planned;
            this.listener = listener;
        }

        /** What this fork was planned as. */
        PlannedConfiguration planned() {
            return planned;
        }

        @Override
        public void setCPUMap(CPUMap cpuMap) {
            super.setCPUMap(cpuMap);
            listener.started(planned);
        }
    }

    /** Options that come from a profile instead of a command line. */
    private static final class ForkOptions extends Options {
        private final StressEffort effort;
        private final CpuShare cpus;

        ForkOptions(StressEffort effort, CpuShare cpus) {
            super(new String[0]);
            this.effort = effort;
            this.cpus = cpus;
        }

        @Override
        public int getTime() {
            return Math.toIntExact(effort.iteration().toMillis());
        }

        @Override
        public int getIterations() {
            return effort.iterations();
        }

        @Override
        public int getStrideSize() {
            return effort.strideSize();
        }

        @Override
        public int getStrideCount() {
            return effort.strideCount();
        }

        @Override
        public int getHeapPerForkMb() {
            return effort.heapMegabytes();
        }

        @Override
        public SpinLoopStyle getSpinStyle() {
            return switch (cpus) {
                case OWN -> SpinLoopStyle.THREAD_SPIN_WAIT;
                case OVERSUBSCRIBED -> SpinLoopStyle.THREAD_YIELD; // Who waits must let the others run.
            };
        }
    }
}
