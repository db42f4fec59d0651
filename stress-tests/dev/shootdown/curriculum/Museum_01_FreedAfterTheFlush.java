package dev.shootdown.curriculum;

import dev.shootdown.race.Race;
import dev.shootdown.stress.SafeRace;
import dev.shootdown.stress.StressRace;
import dev.shootdown.stress.StressSample;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/**
 * The same table, freed after the flush: the interrupt waits for the walker first.
 */
@JCStressTest
@JCStressMeta(SafeRace.class)
@State
public class Museum_01_FreedAfterTheFlush {
    static final StressRace RACE = StressRace.inC1(Race.parse("fast-gup/munmap/s-mode-ipi/remove-page/sv39/victim=pmd"))
            .brokenTwin(Museum_01_BrokenFreedBeforeTheFlush.class);

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
