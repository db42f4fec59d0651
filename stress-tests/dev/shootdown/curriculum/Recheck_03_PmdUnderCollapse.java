package dev.shootdown.curriculum;

import static dev.shootdown.race.FreedFrames.RECYCLED_AS_DATA;
import static dev.shootdown.race.Mutators.COLLAPSE;
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
 * A collapse clears the pmd, leaves the ptes, and gives the pages away. The pte never changes: only the pmd, loaded
 * again after the pin, tells.
 */
@JCStressTest
@JCStressMeta(SafeRace.class)
@State
public class Recheck_03_PmdUnderCollapse {
    static final StressRace RACE = StressRace.of(Race.of(FAST_GUP)
                    .against(COLLAPSE)
                    .shootdown(SBI_RFENCE)
                    .where(conditions -> conditions.withFreedFrames(RECYCLED_AS_DATA)))
            .brokenTwin(Recheck_04_BrokenWithoutPmdRecheck.class);

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
