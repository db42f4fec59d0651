package dev.shootdown.report;

import dev.shootdown.race.Stressed;
import dev.shootdown.report.VerdictsDocument.Configuration;
import dev.shootdown.stress.FailureRate;
import dev.shootdown.stress.ForkStatus;
import dev.shootdown.stress.HostEnvironment;
import dev.shootdown.stress.StressExpectation;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** The entry of a race that was stressed on threads of a VM of ours, and not by a jcstress test: it has the race's id for a name. */
public final class StressedInProcess {
    private StressedInProcess() {}

    /**
     * {@return the entry of a race that was stressed alone}
     *
     * @param seen what was counted
     * @param host the machine
     */
    public static VerdictsDocument.Stressed entry(Stressed seen, HostEnvironment host) {
        return entry(seen, host, null, null);
    }

    /**
     * The entry of a race that was stressed beside others.
     *
     * @param twin a race much like it that was seen to fail, if there is one
     * @param twinFailureRate its failures over the larger of its contended and failed samples
     */
    static VerdictsDocument.Stressed entry(
            Stressed seen, HostEnvironment host, @Nullable String twin, @Nullable Double twinFailureRate) {
        return new VerdictsDocument.Stressed(
                seen.race().id(),
                StressExpectation.of(seen.race().describe().failsFrom(), host.hostModel()),
                seen.verdict(),
                seen.samples(),
                seen.failures(),
                seen.nearMisses(),
                seen.contended(),
                seen.freedInSample(),
                seen.unmet(),
                seen.active().toMillis(),
                1,
                1,
                seen.interruptsSelf(),
                seen.interruptsByProxy(),
                seen.hitsPerSecond(),
                seen.race().actors() > host.cpus(),
                null,
                twin,
                boxed(seen.upperBound95()),
                failureRate(seen),
                twinFailureRate,
                seen.outcomes(),
                seen.counters(),
                List.of(configuration(seen)),
                null);
    }

    /** Failures over the larger of contended and failed samples; null if there are neither. */
    static @Nullable Double failureRate(Stressed seen) {
        return boxed(FailureRate.of(seen.failures(), seen.contended()));
    }

    private static Configuration configuration(Stressed seen) {
        return new Configuration(
                "in this VM",
                ForkStatus.COMPLETED,
                seen.samples(),
                seen.failures(),
                seen.hitsPerSecond(),
                seen.active().toMillis(),
                seen.counters().get("skewLow"),
                seen.counters().get("skewHigh"),
                null,
                seen.outcomes(),
                null,
                null);
    }

    private static @Nullable Double boxed(OptionalDouble value) {
        return value.isPresent() ? Double.valueOf(value.getAsDouble()) : null;
    }
}
