package dev.shootdown.cli;

import dev.shootdown.race.StressVerdict;
import dev.shootdown.report.VerdictsDocument.SeenStressed;
import dev.shootdown.report.VerdictsDocument.Stressed;
import dev.shootdown.stress.FailureRate;
import dev.shootdown.stress.StressExpectation;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What two runs saw of the same stress test, added up. */
final class MergedStress {
    private MergedStress() {}

    static @Nullable Stressed of(@Nullable Stressed one, @Nullable Stressed other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        StressVerdict verdict = verdict(one.verdict(), other.verdict());
        long forbidden = one.forbidden() + other.forbidden();
        long contended = one.contended() + other.contended();
        OptionalDouble rate = FailureRate.of(forbidden, contended);
        long millis = one.activeMillis() + other.activeMillis();
        boolean bounded = verdict == StressVerdict.NOT_OBSERVED && contended > 0;
        return new Stressed(
                one.test(),
                expected(one.expected(), other.expected()),
                verdict,
                one.samples() + other.samples(),
                forbidden,
                one.nearMisses() + other.nearMisses(),
                contended,
                one.freedInSample() + other.freedInSample(),
                one.unmet() + other.unmet(),
                millis,
                one.configurations() + other.configurations(),
                one.plannedConfigurations() + other.plannedConfigurations(),
                one.interruptsSelf() + other.interruptsSelf(),
                one.interruptsByProxy() + other.interruptsByProxy(),
                millis == 0 ? 0 : forbidden * 1000.0 / millis,
                one.oversubscribed() || other.oversubscribed(),
                one.notRun() == null ? null : other.notRun(),
                one.twin() == null ? other.twin() : one.twin(),
                bounded ? Double.valueOf(3.0 / contended) : null,
                rate.isPresent() ? Double.valueOf(rate.getAsDouble()) : null,
                one.twinFailureRate(),
                sum(one.outcomes(), other.outcomes()),
                sum(one.statistics(), other.statistics()),
                joined(one.perConfiguration(), other.perConfiguration()),
                joined(
                        Objects.requireNonNullElse(one.seen(), List.of()),
                        Objects.requireNonNullElse(other.seen(), List.of())));
    }

    /** The same with another twin's rate, seen by others. */
    static Stressed with(Stressed of, @Nullable Double twinFailureRate, @Nullable List<SeenStressed> seen) {
        return new Stressed(
                of.test(),
                of.expected(),
                of.verdict(),
                of.samples(),
                of.forbidden(),
                of.nearMisses(),
                of.contended(),
                of.freedInSample(),
                of.unmet(),
                of.activeMillis(),
                of.configurations(),
                of.plannedConfigurations(),
                of.interruptsSelf(),
                of.interruptsByProxy(),
                of.hitsPerSecond(),
                of.oversubscribed(),
                of.notRun(),
                of.twin(),
                of.upperBound95(),
                of.failureRate(),
                twinFailureRate,
                of.outcomes(),
                of.statistics(),
                of.perConfiguration(),
                seen);
    }

    private static <T> List<T> joined(List<T> one, List<T> other) {
        return Stream.concat(one.stream(), other.stream()).toList();
    }

    /** What one of the hosts can show has to be seen. */
    private static StressExpectation expected(StressExpectation one, StressExpectation other) {
        return one == StressExpectation.UNSAFE ? one : other;
    }

    private static StressVerdict verdict(StressVerdict one, StressVerdict other) {
        if (one == StressVerdict.UNSAFE || other == StressVerdict.UNSAFE) {
            return StressVerdict.UNSAFE;
        }
        return one == StressVerdict.INCONCLUSIVE ? one : other;
    }

    private static Map<String, Long> sum(Map<String, Long> one, Map<String, Long> other) {
        Map<String, Long> sum = new TreeMap<>(one);
        other.forEach((name, count) -> sum.merge(name, count, Long::sum));
        return sum;
    }
}
