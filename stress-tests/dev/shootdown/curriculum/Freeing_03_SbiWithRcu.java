package dev.shootdown.curriculum;

import static dev.shootdown.race.Freeings.REMOVE_TABLE;
import static dev.shootdown.race.Mutators.MUNMAP;
import static dev.shootdown.race.Shootdowns.SBI_RFENCE;
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
 * What repairs it: the table waits for a grace period.
 *
 * <p>The fence still completes in the middle of the walk, but an interrupts-off section holds off a grace period, so
 * the callback that frees the table runs after the walk.
 */
@JCStressTest
@JCStressMeta(SafeRace.class)
@State
public class Freeing_03_SbiWithRcu {
    static final StressRace RACE = StressRace.of(
                    Race.of(FAST_GUP).against(MUNMAP).shootdown(SBI_RFENCE).freeing(REMOVE_TABLE))
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
