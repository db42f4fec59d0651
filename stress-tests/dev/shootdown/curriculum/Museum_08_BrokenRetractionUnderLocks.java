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
 * All the right semaphores, which fast GUP does not ask for, and a free without waiting for it.
 */
@JCStressTest
@JCStressMeta(BrokenRace.class)
@State
public class Museum_08_BrokenRetractionUnderLocks {
    static final StressRace RACE =
            StressRace.inC1(Race.parse("fast-gup/retract-under-both-locks/sbi-rfence/remove-page/sv39"));

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
