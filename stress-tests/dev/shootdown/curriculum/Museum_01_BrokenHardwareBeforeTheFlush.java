package dev.shootdown.curriculum;

import dev.shootdown.race.Race;
import dev.shootdown.stress.BrokenRace;
import dev.shootdown.stress.StressRace;
import dev.shootdown.stress.StressSample;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/**
 * The same as {@link Museum_01_BrokenFreedBeforeTheFlush} before the walker in hardware, which may be anywhere on its way.
 */
@JCStressTest
@JCStressMeta(BrokenRace.class)
@State
public class Museum_01_BrokenHardwareBeforeTheFlush {
    static final StressRace RACE =
            StressRace.inC1(Race.parse("hardware/munmap/s-mode-ipi/upper-tables-before-flush/sv39/victim=pmd"));

    private final StressSample sample = RACE.checkout();

    @Actor
    public void walker() {
        sample.walk();
    }

    @Actor
    public void mutator() {
        sample.mutate();
    }

    @Arbiter
    public void arbiter(L_Result result) {
        result.r1 = sample.finish();
    }
}
