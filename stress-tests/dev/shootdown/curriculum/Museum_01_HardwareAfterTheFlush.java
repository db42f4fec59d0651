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
 * Freed after the flush: the interrupt comes between two instructions, and leaves nothing cached.
 */
@JCStressTest
@JCStressMeta(SafeRace.class)
@State
public class Museum_01_HardwareAfterTheFlush {
    static final StressRace RACE = StressRace.inC1(Race.parse("hardware/munmap/s-mode-ipi/remove-page/sv39/victim=pmd"))
            .brokenTwin(Museum_01_BrokenHardwareBeforeTheFlush.class);

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
