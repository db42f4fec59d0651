package dev.shootdown.curriculum;

import static dev.shootdown.race.Mutators.MUNMAP;
import static dev.shootdown.race.Shootdowns.S_MODE_IPI;
import static dev.shootdown.race.ThirdActor.INTERRUPTED_HART;
import static dev.shootdown.race.Walkers.FAST_GUP;

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
 * Two harts are interrupted: the walker, and one that does nothing but take its interrupt. The flush waits for both.
 */
@JCStressTest
@JCStressMeta(SafeRace.class)
@State
public class Dispatcher_03_InterruptedHart {
    static final StressRace RACE = StressRace.inC1(Race.of(FAST_GUP)
                    .against(MUNMAP)
                    .shootdown(S_MODE_IPI)
                    .where(conditions -> conditions.withThirdActor(INTERRUPTED_HART)))
            .brokenTwin(Dispatcher_04_BrokenInterruptedHart.class)
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
