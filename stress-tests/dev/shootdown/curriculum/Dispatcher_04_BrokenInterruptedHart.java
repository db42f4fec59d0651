package dev.shootdown.curriculum;

import static dev.shootdown.race.Freeings.FREE_BEFORE_FLUSH;
import static dev.shootdown.race.Mutators.MUNMAP;
import static dev.shootdown.race.Shootdowns.S_MODE_IPI;
import static dev.shootdown.race.ThirdActor.INTERRUPTED_HART;
import static dev.shootdown.race.Walkers.FAST_GUP;

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
 * Freed before anybody was interrupted.
 */
@JCStressTest
@JCStressMeta(BrokenRace.class)
@State
public class Dispatcher_04_BrokenInterruptedHart {
    static final StressRace RACE = StressRace.inC1(Race.of(FAST_GUP)
                    .against(MUNMAP)
                    .shootdown(S_MODE_IPI)
                    .freeing(FREE_BEFORE_FLUSH)
                    .where(conditions -> conditions.withThirdActor(INTERRUPTED_HART)))
            .patience(3);

    private final StressSample sample = RACE.checkout();

    @Actor
    public void walker() {
        sample.walk();
    }

    @Actor
    public void mutator() {
        sample.mutate();
    }

    @Actor
    public void interruptedHart() {
        sample.serve();
    }

    @Arbiter
    public void arbiter(L_Result result) {
        result.r1 = sample.finish();
    }
}
