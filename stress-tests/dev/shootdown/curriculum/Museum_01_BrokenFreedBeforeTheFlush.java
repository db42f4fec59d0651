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
 * Pmd tables were freed where they were unhooked (before 8246601a7d39): the waited interrupt of the flush comes too late.
 */
@JCStressTest
@JCStressMeta(BrokenRace.class)
@State
public class Museum_01_BrokenFreedBeforeTheFlush {
    static final StressRace RACE =
            StressRace.inC1(Race.parse("fast-gup/munmap/s-mode-ipi/upper-tables-before-flush/sv39/victim=pmd"));

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
