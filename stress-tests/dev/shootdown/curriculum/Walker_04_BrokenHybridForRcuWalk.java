package dev.shootdown.curriculum;

import static dev.shootdown.race.Freeings.STATIC_KEY;
import static dev.shootdown.race.Mutators.MUNMAP;
import static dev.shootdown.race.Shootdowns.S_MODE_IPI;
import static dev.shootdown.race.Walkers.RCU_WALK;

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
 * The choice at run time is made for fast GUP: on a machine that fences by interrupt it frees after the flush, and a
 * reader with interrupts on is read over.
 */
@JCStressTest
@JCStressMeta(BrokenRace.class)
@State
public class Walker_04_BrokenHybridForRcuWalk {
    static final StressRace RACE = StressRace.inC1(
            Race.of(RCU_WALK).against(MUNMAP).shootdown(S_MODE_IPI).freeing(STATIC_KEY));

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
