package dev.shootdown.curriculum;

import static dev.shootdown.race.Freeings.STATIC_KEY;
import static dev.shootdown.race.Mutators.MUNMAP;
import static dev.shootdown.race.Shootdowns.S_MODE_IPI;
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
 * The choice at run time of 69be3fb111e7, on a machine that fences by interrupt: the key picks the free after the
 * flush.
 */
@JCStressTest
@JCStressMeta(SafeRace.class)
@State
public class Freeing_04_HybridUnderIpi {
    static final StressRace RACE = StressRace.inC1(
                    Race.of(FAST_GUP).against(MUNMAP).shootdown(S_MODE_IPI).freeing(STATIC_KEY))
            .brokenTwin(Freeing_07_BrokenFreeBeforeFlush.class);

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
