package dev.shootdown.curriculum;

import static dev.shootdown.race.Mutators.MUNMAP;
import static dev.shootdown.race.Shootdowns.LOCAL_ONLY;
import static dev.shootdown.race.WalkerMask.ABSENT;
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
 * A walker whose hart is not in the mask: the local flush tells it nothing.
 */
@JCStressTest
@JCStressMeta(BrokenRace.class)
@State
public class Mask_02_BrokenStaleMask {
    static final StressRace RACE = StressRace.of(
            Race.of(FAST_GUP).against(MUNMAP).shootdown(LOCAL_ONLY).where(conditions -> conditions.withMask(ABSENT)));

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
