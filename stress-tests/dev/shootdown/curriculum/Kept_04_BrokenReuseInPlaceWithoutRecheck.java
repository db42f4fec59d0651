package dev.shootdown.curriculum;

import static dev.shootdown.race.Freeings.REUSE_IN_PLACE;
import static dev.shootdown.race.Mutators.MUNMAP;
import static dev.shootdown.race.Shootdowns.SBI_RFENCE;
import static dev.shootdown.race.Walkers.FAST_GUP;
import static dev.shootdown.walk.Recheck.PTE_ONLY;

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
 * Loading the pte again tells nothing: it is an entry of the new owner's, and stays one.
 */
@JCStressTest
@JCStressMeta(BrokenRace.class)
@State
public class Kept_04_BrokenReuseInPlaceWithoutRecheck {
    static final StressRace RACE = StressRace.inC1(Race.of(FAST_GUP)
            .against(MUNMAP)
            .shootdown(SBI_RFENCE)
            .freeing(REUSE_IN_PLACE)
            .where(conditions -> conditions.withRecheck(PTE_ONLY)));

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
