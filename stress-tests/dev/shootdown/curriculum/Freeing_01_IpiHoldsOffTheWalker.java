package dev.shootdown.curriculum;

import static dev.shootdown.race.Freeings.REMOVE_PAGE;
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
 * Can a table be freed right after the flush, while fast GUP is in it?
 *
 * <p>Not when the flush is a waited S-mode interrupt. The walker has interrupts off, so the interrupt is not taken
 * before its walk is over, so the flush does not return, so the free does not happen.
 */
@JCStressTest
@JCStressMeta(SafeRace.class)
@State
public class Freeing_01_IpiHoldsOffTheWalker {
    static final StressRace RACE = StressRace.of(
                    Race.of(FAST_GUP).against(MUNMAP).shootdown(S_MODE_IPI).freeing(REMOVE_PAGE))
            .brokenTwin(Freeing_02_BrokenSbiRemovePage.class);

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
